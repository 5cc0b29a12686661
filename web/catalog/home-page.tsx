/** The two things on the home page that depend on the moment: what is in season this month, and what is live right now. */
import { render } from 'preact';
import { CampaignStrip, campaignToShow } from '../campaigns/CampaignStrip.tsx';
import { translator } from '../i18n/index.ts';
import { home } from '../i18n/vi.ts';
import { call } from '../platform/api.ts';
import { find, need } from '../platform/dom.ts';
import { monthInVietnam } from '../platform/format.ts';

const t = translator('home', home);

/** The page carries every seasonal product with its months; those of this month come first, the rest hide unless nothing is in season. */
function showSeason(month: number): void {
  const list = find('[data-season-list]');
  if (!list) return;
  const cards = [...list.querySelectorAll<HTMLElement>('[data-months]')];
  const wait = (card: HTMLElement) => Math.min(...(card.dataset.months ?? '').split(' ').map((m) => (Number(m) - month + 12) % 12));
  const inSeason = cards.filter((card) => wait(card) === 0);
  const shown = inSeason.length > 0 ? inSeason : cards.toSorted((a, b) => wait(a) - wait(b)).slice(0, 4);
  need('[data-season-title]').textContent = inSeason.length > 0 ? t('seasonMonth', { n: month }) : t('seasonNext');
  for (const card of cards) card.hidden = !shown.includes(card);
  list.prepend(...shown);
}

async function showCampaign(): Promise<void> {
  const answer = await call('GET /api/campaigns', { query: { limit: 20 } });
  if (!answer.ok) return;
  const root = need('#campaign');
  const campaign = campaignToShow(answer.data.items);
  root.replaceChildren();
  if (campaign) render(<CampaignStrip campaign={campaign} />, root);
}

export function startHomePage(now = new Date()): void {
  showSeason(monthInVietnam(now));
  void showCampaign();
}
