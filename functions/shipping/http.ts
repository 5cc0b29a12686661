import { notFound } from '../../shared/platform/problem.ts';
import { shippingContract } from '../../shared/shipping/contract.ts';
import { lockers } from '../../shared/shipping/lockers.ts';
import { communesOf, provinces, searchCommunes } from '../../shared/shipping/places.ts';
import { pageOf } from '../platform/cursor.ts';
import { door } from '../platform/door.ts';

export const handler = door(shippingContract, {
  listProvinces: async ({ query }) => ({ body: pageOf(provinces(), query) }),
  async listCommunes({ params, query }) {
    const all = communesOf(params.code);
    if (!all) throw notFound({ vi: 'Không có tỉnh, thành này.', en: 'There is no such province.' });
    return { body: pageOf(query.q?.trim() ? searchCommunes(params.code, query.q) : all, query) };
  },
  listLockers: async ({ query }) => ({
    body: pageOf(
      lockers.filter((l) => !query.provinceCode || l.provinceCode === query.provinceCode),
      query,
    ),
  }),
});
