import { always, type World } from '../../../shared/traceability/graph/book.ts';
import { type Fact, factsOf } from '../../../shared/traceability/graph/facts.ts';
import { type History, historyOf } from '../../../shared/traceability/graph/history.ts';
import { type MassFinding, massFindings } from '../../../shared/traceability/graph/mass.ts';
import { epcOf, linkOf } from '../../../shared/traceability/graph/names.ts';
import { reachOf } from '../../../shared/traceability/graph/reach.ts';
import { stepsOf } from '../../../shared/traceability/graph/steps.ts';
import type { LotJourney } from '../../../shared/traceability/recalls/contract.ts';
import { ownLot } from '../lots/own-lot.ts';
import { isSameLot, type LotName, readLots } from '../recalls/recall-store.ts';
import type { StoredLot } from '../store.ts';
import { worldOf } from './graph-world.ts';
import { lotsAbove } from './journey-of.ts';

/** A lot in 200 boxes on pallets has hundreds; an answer must stay far below what a function may answer. */
const mostLinks = 1_000;

type Links = History['links'];
const told = (links: Links) =>
  links.slice(0, mostLinks).map(({ at, ...link }) => ({ ...link, ...(at === undefined ? {} : { at: new Date(at).toISOString() }) }));

/** The names with what the market knows of them. Of another seller's lot its product and its recall are public; where it went is not. */
async function related(names: readonly LotName[], sellerId: string): Promise<LotJourney['madeFrom']> {
  const stored = names.length > 0 ? await readLots(names) : [];
  return names.map((name) => {
    const lot = stored.find((s) => isSameLot(s, name));
    return {
      ...name,
      ...(lot ? { productName: lot.productName } : {}),
      isOwn: lot?.sellerId === sellerId,
      isRecalled: lot?.recall !== undefined,
    };
  });
}

/** Of a making that is told in parts, what is seen from here may be one part: it is weighed only where its history is whole. */
async function findingsOf(lot: StoredLot, history: History, world: World): Promise<MassFinding[]> {
  const epc = epcOf({ gtin: lot.gtin, lot: lot.lot });
  const named = factsOf((await world.eventsOf([epc], always)).get(epc) ?? []);
  const isOnePiece = ({ transformation, outputs }: Fact) => transformation === undefined || outputs.length === 0;
  const past = history.happened.map(({ fact }) => fact).filter((fact) => !history.incomplete || isOnePiece(fact));
  const gramsOfOne = (name: string) => (linkOf(name)?.gtin === lot.gtin ? lot.netWeightGrams : undefined);
  return massFindings([...past, ...named.filter(isOnePiece)], { epc, quantityGrams: lot.quantityGrams, gramsOfOne });
}

/**
 * The graph around a seller's own lot, both ways.
 * @throws Problem `not_found`
 */
export async function lotJourney(sellerId: string, name: string): Promise<LotJourney> {
  const stored = await ownLot(sellerId, name);
  const { gtin, lot } = stored;
  const own = { gtin, lot };
  const world = worldOf(sellerId);
  const [history, reach] = await Promise.all([historyOf(epcOf(own), world), reachOf(epcOf(own), world)]);
  const ahead = [...reach.lots, ...reach.partly].flatMap((epc) => {
    const link = linkOf(epc);
    return link?.lot === undefined || isSameLot({ gtin: link.gtin, lot: link.lot }, own) ? [] : [{ gtin: link.gtin, lot: link.lot }];
  });
  const links = [...new Map([...history.links, ...reach.links].map((link) => [JSON.stringify(link), link])).values()];
  return {
    ...own,
    madeFrom: await related(lotsAbove(history, own), sellerId),
    madeInto: await related(ahead, sellerId),
    carriers: reach.carriers,
    steps: stepsOf(history),
    links: told(links),
    findings: await findingsOf(stored, history, world),
    complete: !history.incomplete && !reach.incomplete && links.length <= mostLinks,
  };
}
