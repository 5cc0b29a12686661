/** Puts the name of whoever is signed in into the workspace's head, and lets them leave. */
import { find } from '../platform/dom.ts';
import { links } from '../platform/links.ts';
import { forgetSession, readSession, rememberReturn } from './session.ts';

export function showWhoWorks(): void {
  const session = readSession();
  if (!session) return;
  const { name, role, sellerSlug } = session.user;
  const place = find('[data-user-name]');
  if (place) place.textContent = name;
  const stall = find<HTMLAnchorElement>('[data-own-stall]');
  if (stall && role === 'seller' && sellerSlug) {
    stall.href = links.seller(sellerSlug);
    stall.hidden = false;
  }
  const out = find<HTMLButtonElement>('[data-sign-out]');
  if (!out) return;
  out.hidden = false;
  out.addEventListener('click', () => {
    forgetSession();
    rememberReturn({ path: '/', reason: 'signedOut' });
    location.assign(links.signIn);
  });
}
