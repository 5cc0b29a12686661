import type { OrderRequest } from '../../shared/orders/contract.ts';
import type { PricedLine } from '../../shared/orders/pricing.ts';
import type { Allocation } from '../../shared/orders/stock.ts';
import { findCommune } from '../../shared/shipping/places.ts';
import type { BuyerLimit } from '../campaigns/buyer-limit.ts';
import { findSeller, type StoredSeller } from '../sellers/find-seller.ts';
import type { Basket, BasketLine } from './basket.ts';
import type { StoredAddress, StoredLine, StoredOrder, StoredPackage } from './records.ts';

/** What is taken for each line, and the places it takes in a campaign's limit per buyer. */
export interface Held {
  taken: ReadonlyMap<string, Allocation[]>;
  limits: readonly BuyerLimit[];
}

function addressOf({ shipTo }: OrderRequest): StoredAddress | undefined {
  const commune = shipTo && findCommune(shipTo.communeCode);
  return shipTo && commune ? { ...shipTo, communeName: commune.fullName, provinceName: commune.province.fullName } : undefined;
}

function storedLine(line: PricedLine, { sku: s }: BasketLine, { taken, limits }: Held): StoredLine {
  const limit = limits.find((l) => l.sku === line.sku);
  return {
    sku: s.sku,
    productSlug: s.productSlug,
    name: s.productName,
    variant: s.variantName,
    unit: s.unit,
    image: s.image,
    category: s.category,
    quantity: line.quantity,
    unitPrice: line.unitPrice,
    total: line.total,
    discount: line.discount,
    netWeightGrams: s.netWeightGrams,
    ...(line.offer ? { offer: true } : {}),
    ...(limit ? { buyerLimit: { buyer: limit.buyer, quantity: limit.quantity } } : {}),
    holdings: taken.get(line.sku) ?? [],
  };
}

/** The order and its packages as they will be stored: what the buyer saw, kept against later edits. */
export async function writeUp(
  code: string,
  request: OrderRequest,
  basket: Basket,
  held: Held,
  settings: { paymentWindowSeconds: number },
  now: Date,
): Promise<{ order: Omit<StoredOrder, 'asked' | 'taken' | 'takenAs'>; packages: StoredPackage[] }> {
  const { subtotal, discount, shipping, total } = basket.priced;
  const { payment } = request;
  const placedAt = now.toISOString();
  const shared = { code, campaign: basket.campaign, channel: request.channel ?? 'web', payment, placedAt };
  const bySku = new Map(basket.lines.map((l) => [l.sku.sku, l]));
  const isPrepaid = payment !== 'cod';
  const status = isPrepaid ? 'pending_payment' : 'confirmed';
  const expiresAt = new Date(now.getTime() + settings.paymentWindowSeconds * 1000).toISOString();
  const packages = await Promise.all(
    basket.priced.packages.map(async (priced, i): Promise<StoredPackage> => {
      const lines = priced.lines.map((line) => storedLine(line, bySku.get(line.sku) as BasketLine, held));
      const sku = bySku.get(lines[0]?.sku ?? '')?.sku;
      const seller: StoredSeller | undefined = await findSeller(priced.sellerId);
      if (!sku || !seller) throw new Error(`seller ${priced.sellerId} of a published SKU is missing`);
      return {
        ...shared,
        ...{ id: `${shared.code}-${i + 1}`, n: i + 1, of: basket.priced.packages.length },
        ...{ sellerId: seller.id, sellerName: seller.name, sellerSlug: seller.slug, legalType: seller.legalType },
        ...{ communeCode: sku.communeCode, communeName: sku.communeName },
        lines,
        ...{ subtotal: priced.subtotal, discount: priced.discount, shipping: priced.shipping, total: priced.total },
        status,
        paymentStatus: isPrepaid ? 'pending' : 'collect_on_delivery',
        ...(isPrepaid ? { expiresAt, bank: seller.bank } : {}),
        history: [{ status, at: placedAt }],
        version: 1,
      };
    }),
  );
  const { customer, delivery, lockerId, note, invoice } = request;
  return {
    order: {
      ...shared,
      ...{ customer, shipTo: addressOf(request), delivery, lockerId, note, invoice },
      voucher: basket.voucher?.code,
      ...{ subtotal, discount, shipping, total },
      skus: basket.lines.map((l) => l.sku.sku),
    },
    packages,
  };
}
