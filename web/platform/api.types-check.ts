import { call } from './api.ts';
export async function f() {
  const a = await call('GET /api/products/{slug}', { params: { slug: 'x' } });
  if (a.ok) a.data.variants[0]?.price.toFixed();
  const b = await call('GET /api/products', { query: { q: 'x', limit: 3 } });
  if (b.ok) b.data.items[0]?.slug.length;
  const b2 = await call('GET /api/provinces', {});
  if (b2.ok) b2.data.items[0]?.name;
  const c = await call('POST /api/orders', { body: { lines: [{ sku: 'x', quantity: 1 }], customer: { name: 'x', phone: '1' }, payment: 'cod' }, idempotencyKey: 'x' });
  if (c.ok) c.data.packages[0]?.payment.vietqr?.payload; else if (c.problem.code === 'price_changed') c.problem.total;
  // @ts-expect-error missing params
  await call('GET /api/products/{slug}', {});
  // @ts-expect-error unknown route
  await call('GET /api/nothing', {});
  await call('PUT /api/seller/products/{id}/stock', { params: { id: 'x' }, body: { sku: 'x', quantity: 3 }, token: 'x' });
  await call('POST /api/seller/orders/{code}/packed', { params: { code: 'x' }, token: 'x' });
  // @ts-expect-error body missing
  await call('POST /api/quotes', {});
  const d = await call('POST /api/seller/orders/{code}/shipped', { params: { code: 'x' }, body: { carrier: 'x', trackingNumber: 'y' } });
  if (d.ok) d.data.packageId.length;
}
