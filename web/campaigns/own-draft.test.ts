import { describe, expect, it } from 'vitest';
import { type CampaignDraft, campaignRequest, findMistakes, instantOf, localOf } from './own-draft.ts';

const draft: CampaignDraft = {
  name: 'Tối nay ăn vải!',
  startsAt: '2026-11-22T20:00',
  endsAt: '2026-11-22T21:30',
  channel: 'facebook',
  embed: '',
  offers: [{ sku: 'VAI', price: '199.000', limit: '100', perBuyer: '' }],
};
const before = new Date('2026-11-22T10:00:00Z');

describe('a live sale', () => {
  it('keeps the time of Việt Nam, whatever the phone says', () => {
    expect(instantOf('2026-11-22T20:00')).toBe('2026-11-22T20:00:00+07:00');
    expect(localOf(new Date('2026-11-22T17:30:00Z'))).toBe('2026-11-23T00:30');
  });
  it('becomes a request', () => {
    expect(findMistakes(draft, before)).toEqual({});
    expect(campaignRequest(draft, 'Facebook')).toEqual({
      slug: 'toi-nay-an-vai-22-11-2026',
      name: 'Tối nay ăn vải!',
      kind: 'livestream',
      startsAt: '2026-11-22T20:00:00+07:00',
      endsAt: '2026-11-22T21:30:00+07:00',
      channels: [{ id: 'facebook', name: 'Facebook' }],
      offers: [{ sku: 'VAI', price: 199_000, limit: 100 }],
    });
  });
  it('says what is wrong', () => {
    expect(
      findMistakes(
        {
          ...draft,
          name: '!',
          endsAt: '2026-11-22T19:00',
          embed: 'http://x',
          offers: [{ sku: 'VAI', price: '', limit: '5', perBuyer: '' }],
        },
        before,
      ),
    ).toEqual({
      name: 'nameWrong',
      endsAt: 'windowWrong',
      embed: 'embedWrong',
      'offers[0]': 'offerWrong',
    });
    expect(findMistakes(draft, new Date('2026-11-22T15:00:00Z'))).toEqual({ endsAt: 'windowWrong' });
  });
});
