import { catalogContract } from '../../shared/catalog/contract.ts';
import { sellerOf } from '../accounts/seller-of.ts';
import { door } from '../platform/door.ts';
import { browse, productBySlug } from './browse.ts';
import { changeProduct, createProduct, listOwnProducts, ownProduct, setOwnStock } from './own-products.ts';

export const handler = door(catalogContract, {
  listProducts: async ({ query, now }) => ({ body: await browse(query, now) }),
  getProduct: async ({ params, now }) => ({ body: await productBySlug(params.slug, now) }),
  listOwnProducts: async ({ caller, query, now }) => ({
    body: await listOwnProducts(await sellerOf(caller), query.limit, query.cursor, now),
  }),
  createProduct: async ({ caller, body, now }) => ({ body: await createProduct(await sellerOf(caller), body, now) }),
  getOwnProduct: async ({ caller, params, now }) => ({ body: await ownProduct(await sellerOf(caller), params.id, now) }),
  changeProduct: async ({ caller, params, body, now }) => ({ body: await changeProduct(await sellerOf(caller), params.id, body, now) }),
  setStock: async ({ caller, params, body, now }) => ({
    body: await setOwnStock(await sellerOf(caller), params.id, body.sku, body.quantity, now),
  }),
});
