import { items, records } from '../epcis/json.ts';
import { sameEpc } from '../epcis/named-in.ts';
import { byTime, type Fact } from './facts.ts';

/** What the weights in a lot's events say against each other, for its seller; an event is taken as it comes all the same. */
export interface MassFinding {
  /** More came out of a making than went in; more was taken from the lot than there was. */
  kind: 'over_made' | 'over_used';
  strength: 'medium';
  /** RFC 3339, UTC: of the last event. */
  at: string;
  /** IDs of the events it is about. */
  events: string[];
  /** A Vietnamese sentence. */
  text: string;
}

/** Grams in a unit of UN/ECE Recommendation 20. */
const grams: Readonly<Record<string, number>> = { MGM: 0.001, GRM: 1, HGM: 100, KGM: 1_000, DTN: 100_000, TNE: 1_000_000 };

/** Scales differ, and water or sugar goes in that nobody tells of. */
const tolerance = 1.1;
/** Beside it, what adding up decimals may add. */
const crumb = 0.001;

interface Weighed {
  /** Of all that has a weight. */
  grams: number;
  /** Whether all has. */
  isWhole: boolean;
}

type GramsOfOne = (epc: string) => number | undefined;

/** The weight of a class in a list of quantities: told by its unit, or counted in packages. */
function weightOf({ quantity, uom, epcClass }: Readonly<Record<string, unknown>>, gramsOfOne: GramsOfOne): number | undefined {
  if (typeof quantity !== 'number') return undefined;
  const unit = uom === undefined ? gramsOfOne(sameEpc(String(epcClass))) : grams[String(uom)];
  return unit === undefined ? undefined : quantity * unit;
}

function weigh(facts: readonly Fact[], side: 'input' | 'output', gramsOfOne: GramsOfOne): Weighed {
  const weights = facts.flatMap(({ event }) => {
    const fields: Readonly<Record<string, unknown>> = event;
    return [
      ...items(fields[`${side}EPCList`]).map((epc) => gramsOfOne(sameEpc(String(epc)))),
      ...records(fields[`${side}QuantityList`]).map((one) => weightOf(one, gramsOfOne)),
    ];
  });
  return { grams: weights.reduce<number>((sum, weight) => sum + (weight ?? 0), 0), isWhole: !weights.includes(undefined) };
}

const kilograms = (weight: number): string => `${(weight / 1_000).toLocaleString('vi-VN', { maximumFractionDigits: 3 })} kg`;
const day = ({ at }: Fact): string => new Date(at).toLocaleDateString('vi-VN', { timeZone: 'Asia/Ho_Chi_Minh' });

const finding = (kind: MassFinding['kind'], facts: readonly Fact[], last: Fact, text: string): MassFinding => ({
  ...{ kind, strength: 'medium', at: new Date(last.at).toISOString(), events: facts.map(({ id }) => id), text },
});

function overMade(making: readonly Fact[], gramsOfOne: GramsOfOne): MassFinding[] {
  const [into, out] = [weigh(making, 'input', gramsOfOne), weigh(making, 'output', gramsOfOne)];
  const last = making.at(-1);
  // What went in without a weight may have weighed anything.
  if (!last || into.grams === 0 || !into.isWhole || out.grams <= into.grams * tolerance + crumb) return [];
  const text = `Sự kiện chế biến ngày ${day(last)} ghi ${kilograms(into.grams)} đầu vào nhưng ${kilograms(out.grams)} đầu ra. Xin kiểm tra số lượng, hoặc ghi thêm nguyên liệu còn thiếu.`;
  return [finding('over_made', making, last, text)];
}

interface LotMass {
  /** The lot's canonical name. */
  epc: string;
  quantityGrams: number;
  /** What one package weighs, for those that are known. */
  gramsOfOne: GramsOfOne;
}

function overUsed(makings: readonly Fact[], { epc, quantityGrams, gramsOfOne }: LotMass): MassFinding[] {
  const taking = makings.filter(({ inputs }) => inputs.includes(epc));
  const taken = taking
    .flatMap(({ event }) => ('inputQuantityList' in event ? records(event.inputQuantityList) : []))
    .filter(({ epcClass }) => sameEpc(String(epcClass)) === epc)
    .reduce((sum, one) => sum + (weightOf(one, gramsOfOne) ?? 0), 0);
  const last = taking.at(-1);
  if (!last || taken <= quantityGrams * tolerance + crumb) return [];
  const text = `Các sự kiện chế biến lấy từ lô này ${kilograms(taken)}, nhiều hơn ${kilograms(quantityGrams)} đã ghi cho lô.`;
  return [finding('over_used', taking, last, text)];
}

/**
 * The makings in which more came out than went in, and whether more was taken from a lot than it weighed: selling five tons of an 820 kg
 * harvest is the cheapest fraud there is, and a slip of the comma the commonest mistake. What has no weight is never held against anyone.
 * @param facts in which error declarations have been followed
 */
export function massFindings(facts: readonly Fact[], lot: LotMass): MassFinding[] {
  const makings = [...new Map(facts.map((fact) => [fact.id, fact])).values()]
    .filter(({ type }) => type === 'TransformationEvent')
    .sort(byTime);
  // One that takes days is told in several events under one name.
  const byName = Map.groupBy(makings, ({ id, transformation }) => transformation ?? id);
  return [...[...byName.values()].flatMap((making) => overMade(making, lot.gramsOfOne)), ...overUsed(makings, lot)];
}
