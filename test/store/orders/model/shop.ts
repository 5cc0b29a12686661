import type { Act } from './acts.ts';

/**
 * The same shop with pencil and paper: one number per pile of units, no counters, no conditions, nobody else at the same time.
 * Written from what the market promises (docs/API.md), not from how it keeps it, and it uses nothing of the market's own.
 */

export interface Pile {
  available: number;
  reserved: number;
  sold: number;
}

type Status = 'pending_payment' | 'confirmed' | 'packed' | 'cancelled' | 'expired' | 'refunded';
type Money = 'pending' | 'collect_on_delivery' | 'paid' | 'cancelled' | 'expired' | 'refund_due' | 'refunded';

interface Taken {
  good: number;
  quantity: number;
  /** Absent: from the shelf. */
  campaign: Campaign | undefined;
}
interface Package {
  seller: string;
  taken: Taken[];
  total: number;
  status: Status;
  money: Money;
  refunded: number;
}
interface Order {
  buyer: number;
  transfer: boolean;
  expiresAt: number;
  packages: Package[];
}
interface Offer {
  good: number;
  price: number;
  perBuyer: number | undefined;
  pile: Pile;
  /** How many each buyer has, at this price. */
  bought: Map<number, number>;
}
interface Campaign {
  endsAt: number;
  offers: Offer[];
  isEnded: boolean;
  /** What was left of it is on the shelf again. */
  isBroughtBack: boolean;
  /** The clock has seen to it. */
  isClosed: boolean;
}

/** What someone is told. */
export type Told = Record<string, unknown> & { told: string };

const sellers = ['lychees', 'lychees', 'pottery'];
const prices = [335_000, 60_000, 180_000];
export const offerPrices = [290_000, 50_000, 150_000];
const grams = [5_000, 500, 1_200];
const [lychee] = [0];

const holdSeconds = 900;
export const campaignSeconds = 1_200;
const ordersPerMinute = 10;

const newPile = (available: number): Pile => ({ available, reserved: 0, sold: 0 });
const isOver = (pkg: Package) => pkg.status === 'cancelled' || pkg.status === 'expired' || pkg.status === 'refunded';
const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);

/** To Hà Nội: 25.000 for the first kilogram, 4.000 for each one begun after it, 5.000 for the box that keeps lychees cold. */
function shipping(taken: readonly Taken[]): number {
  const kilograms = Math.ceil(sum(taken.map((t) => (grams[t.good] ?? 0) * t.quantity)) / 1_000);
  return 25_000 + 4_000 * Math.max(0, kilograms - 1) + (taken.some((t) => t.good === lychee) ? 5_000 : 0);
}

type OrderAct = Extract<Act, { kind: 'order' }>;

export function openShop(onShelf: number) {
  const shelves = prices.map(() => newPile(onShelf));
  const orders: Order[] = [];
  const campaigns: Campaign[] = [];
  const sent: { act: OrderAct; campaign: Campaign | undefined; first: Told | undefined }[] = [];
  const messages: Told[] = [];
  const refunds: Told[] = [];
  const windows = new Map<number, { endsAt: number; count: number }>();
  let clock = 0;

  const isLive = (c: Campaign) => !c.isEnded && clock < c.endsAt;
  const pileOf = ({ good, campaign }: Taken): Pile => campaign?.offers.find((o) => o.good === good)?.pile ?? (shelves[good] as Pile);
  const isLate = (order: Order, pkg: Package) => pkg.status === 'pending_payment' && clock >= order.expiresAt;
  const nth = <T>(list: readonly T[], which: number): T | undefined => list[which % Math.max(1, list.length)];

  function window(buyer: number) {
    const known = windows.get(buyer);
    return known && clock < known.endsAt ? known : { endsAt: clock + 60, count: 0 };
  }

  /** Two lines of one good are one line at the place of the first. */
  function addUp(lines: OrderAct['lines'], campaign: Campaign | undefined): (Taken & { indexes: number[] })[] {
    const goods = [...new Set(lines.map((l) => l.good))];
    return goods.map((good) => ({
      good,
      quantity: sum(lines.filter((l) => l.good === good).map((l) => l.quantity)),
      campaign: campaign?.offers.some((o) => o.good === good) ? campaign : undefined,
      indexes: lines.flatMap((l, i) => (l.good === good ? [i] : [])),
    }));
  }

  const offerOf = ({ good, campaign }: Taken) => campaign?.offers.find((o) => o.good === good);

  function packagesOf(taken: readonly Taken[], transfer: boolean): Package[] {
    const names = [...new Set(taken.map((t) => sellers[t.good] ?? ''))];
    return names.map((seller) => {
      const own = taken.filter((t) => sellers[t.good] === seller);
      const goods = sum(own.map((t) => t.quantity * (offerOf(t)?.price ?? prices[t.good] ?? 0)));
      const total = goods + shipping(own);
      return transfer
        ? { seller, taken: own, total, status: 'pending_payment', money: 'pending', refunded: 0 }
        : { seller, taken: own, total, status: 'confirmed', money: 'collect_on_delivery', refunded: 0 };
    });
  }

  function order(act: OrderAct, named: Campaign | undefined): Told {
    const taken = addUp(act.lines, named && isLive(named) ? named : undefined);
    const places = window(act.buyer);
    if (places.count >= ordersPerMinute) return { told: 'rate_limited' };
    const short = taken.flatMap((t) => {
      const left = pileOf(t).available;
      return left < t.quantity ? t.indexes.map((index) => ({ index, left })) : [];
    });
    if (short.length > 0) return { told: 'out_of_stock', short };
    const isOverLimit = taken.some((t) => {
      const offer = offerOf(t);
      return offer?.perBuyer !== undefined && (offer.bought.get(act.buyer) ?? 0) + t.quantity > offer.perBuyer;
    });
    if (isOverLimit) return { told: 'conflict' };

    windows.set(act.buyer, { ...places, count: places.count + 1 });
    for (const t of taken) {
      pileOf(t).available -= t.quantity;
      pileOf(t)[act.transfer ? 'reserved' : 'sold'] += t.quantity;
      offerOf(t)?.bought.set(act.buyer, (offerOf(t)?.bought.get(act.buyer) ?? 0) + t.quantity);
    }
    const packages = packagesOf(taken, act.transfer);
    orders.push({ buyer: act.buyer, transfer: act.transfer, expiresAt: clock + holdSeconds, packages });
    return { told: 'placed', number: orders.length - 1, totals: packages.map((p) => p.total), isReplay: false };
  }

  function send(which: number): Told {
    const mail = sent[which] as (typeof sent)[number];
    if (mail.first) return { ...mail.first, isReplay: true };
    const told = order(mail.act, mail.campaign);
    if (told.told === 'placed') mail.first = told;
    return told;
  }

  /** Units come back to where they were taken from, or to the shelf once their campaign's are there. */
  function giveBack(buyer: number, pkg: Package): void {
    for (const t of pkg.taken) {
      pileOf(t)[pkg.status === 'pending_payment' ? 'reserved' : 'sold'] -= t.quantity;
      const home = t.campaign?.isBroughtBack ? (shelves[t.good] as Pile) : pileOf(t);
      home.available += t.quantity;
      offerOf(t)?.bought.set(buyer, (offerOf(t)?.bought.get(buyer) ?? 0) - t.quantity);
    }
  }

  function end(order: Order, pkg: Package, as: 'cancelled' | 'expired'): void {
    giveBack(order.buyer, pkg);
    pkg.status = as;
    pkg.money = pkg.money === 'paid' ? 'refund_due' : as;
  }

  function cancel(order: Order): Told {
    const open = order.packages.filter((pkg) => !isOver(pkg) && !isLate(order, pkg));
    if (open.length === 0 || open.some((pkg) => pkg.status === 'packed')) return { told: 'conflict' };
    for (const pkg of open) end(order, pkg, 'cancelled');
    return { told: 'done' };
  }

  function pack(pkg: Package): Told {
    if (pkg.status !== 'confirmed') return { told: 'conflict' };
    pkg.status = 'packed';
    return { told: 'done' };
  }

  function pay(order: Order, pkg: Package, tooMuch: number): string {
    if (!order.transfer) return 'unknown';
    if (pkg.money === 'paid' || pkg.money === 'refund_due' || pkg.money === 'refunded') return 'already_paid';
    if (pkg.status !== 'pending_payment' || isLate(order, pkg)) return 'late';
    if (tooMuch !== 0) return tooMuch < 0 ? 'too_little' : 'too_much';
    for (const t of pkg.taken) {
      pileOf(t).reserved -= t.quantity;
      pileOf(t).sold += t.quantity;
    }
    pkg.status = 'confirmed';
    pkg.money = 'paid';
    return 'matched';
  }

  function refund(order: Order, pkg: Package, share: 'a part' | 'all' | 'too much'): Told {
    const left = pkg.money === 'paid' || pkg.money === 'refund_due' ? pkg.total - pkg.refunded : 0;
    const amount = share === 'too much' ? left + 1 : share === 'all' ? Math.max(1, left) : 20_000;
    if (amount > left) return { told: 'conflict' };
    pkg.refunded += amount;
    if (pkg.refunded === pkg.total) {
      // What has not left the house goes back on the shelf.
      if (!isOver(pkg)) giveBack(order.buyer, pkg);
      pkg.status = 'refunded';
      pkg.money = 'refunded';
    }
    const told = { told: 'refunded', amount, left: left - amount };
    refunds.push({ ...told, isReplay: true });
    return { ...told, isReplay: false };
  }

  function openCampaign(offers: Extract<Act, { kind: 'open campaign' }>['offers']): Told {
    if (offers.some((o) => (shelves[o.good]?.available ?? 0) < o.limit)) return { told: 'out_of_stock' };
    for (const o of offers) (shelves[o.good] as Pile).available -= o.limit;
    campaigns.push({
      endsAt: clock + campaignSeconds,
      offers: offers.map(({ good, limit, perBuyer }) => ({
        good,
        price: offerPrices[good] ?? 0,
        perBuyer,
        pile: newPile(limit),
        bought: new Map(),
      })),
      ...{ isEnded: false, isBroughtBack: false, isClosed: false },
    });
    return { told: 'done' };
  }

  function bringBack(campaign: Campaign): void {
    campaign.isEnded = true;
    campaign.isBroughtBack = true;
    for (const { good, pile } of campaign.offers) {
      (shelves[good] as Pile).available += pile.available;
      pile.available = 0;
    }
  }

  function endCampaign(campaign: Campaign): Told {
    if (campaign.isEnded) return { told: 'conflict' };
    bringBack(campaign);
    return { told: 'done' };
  }

  function expire(): Told {
    const late = orders.flatMap((o) => o.packages.filter((pkg) => isLate(o, pkg)).map((pkg) => [o, pkg] as const));
    for (const [o, pkg] of late) end(o, pkg, 'expired');
    return { told: 'done', expired: late.length };
  }

  function turnPages(): Told {
    const due = campaigns.filter((c) => !c.isClosed && !isLive(c));
    for (const campaign of due) {
      bringBack(campaign);
      campaign.isClosed = true;
    }
    return { told: 'done', closed: due.length };
  }

  function act(a: Act): Told {
    const nothing = { told: 'nothing to do' };
    switch (a.kind) {
      case 'order':
        sent.push({ act: a, campaign: a.inCampaign ? campaigns.at(-1) : undefined, first: undefined });
        return send(sent.length - 1);
      case 'send again': {
        if (sent.length === 0) return nothing;
        const number = a.which % sent.length;
        return a.changed && sent[number]?.first ? { told: 'idempotency_conflict' } : a.changed ? nothing : send(number);
      }
      case 'pay again':
        return nth(messages, a.which) ?? nothing;
      case 'refund again':
        return nth(refunds, a.which) ?? nothing;
      case 'restock':
        (shelves[a.good] as Pile).available = a.quantity;
        return { told: 'done' };
      case 'spread':
        return { told: 'done' };
      case 'open campaign':
        return openCampaign(a.offers);
      case 'end campaign': {
        const campaign = nth(campaigns, a.which);
        return campaign ? endCampaign(campaign) : nothing;
      }
      case 'wait':
        clock += a.seconds;
        return { told: 'done' };
      case 'expire':
        return expire();
      case 'turn pages':
        return turnPages();
    }
    const chosen = nth(orders, a.which);
    if (!chosen) return nothing;
    if (a.kind === 'cancel') return cancel(chosen);
    const pkg = nth(chosen.packages, a.part) as Package;
    if (a.kind === 'pack') return pack(pkg);
    if (a.kind === 'refund') return refund(chosen, pkg, a.share);
    const told = { told: pay(chosen, pkg, a.tooMuch) };
    messages.push(told);
    return told;
  }

  return {
    act,
    /** Every pile: the shelves by good, then each campaign's by good. */
    piles: (): Record<string, Pile> =>
      Object.fromEntries([
        ...shelves.map((pile, good) => [`${good}`, { ...pile }]),
        ...campaigns.flatMap((c, i) => c.offers.map(({ good, pile }) => [`${good} in campaign ${i}`, { ...pile }])),
      ]),
    /** Every order's packages as their records must say. */
    orders: () => orders.map((o) => o.packages.map(({ status, money, total, refunded }) => ({ status, money, total, refunded }))),
  };
}
export type Shop = ReturnType<typeof openShop>;
