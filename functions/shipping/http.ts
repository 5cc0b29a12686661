import { notFound } from '../../shared/platform/problem.ts';
import { shippingContract } from '../../shared/shipping/contract.ts';
import { lockers } from '../../shared/shipping/lockers.ts';
import { communesOf, provinces, searchCommunes } from '../../shared/shipping/places.ts';
import { door } from '../platform/door.ts';

export const handler = door(shippingContract, {
  listProvinces: async () => ({ body: { items: [...provinces()] } }),
  async listCommunes({ params, query }) {
    const all = communesOf(params.code);
    if (!all) throw notFound({ vi: 'Không có tỉnh, thành này.', en: 'There is no such province.' });
    return { body: { items: query.q?.trim() ? searchCommunes(params.code, query.q) : [...all] } };
  },
  listLockers: async ({ query }) => ({
    body: { items: lockers.filter((l) => !query.provinceCode || l.provinceCode === query.provinceCode) },
  }),
});
