import { canonicalEpc } from '../epcis/identifiers.ts';
import { isFields } from '../epcis/json.ts';
import { bareWord } from '../epcis/vocabulary.ts';
import type { Fact } from './facts.ts';
import type { Happened, History } from './history.ts';
import { isItem, linkOf } from './names.ts';
import { type Temperature, temperatureOf, widest } from './temperature.ts';
import { recalls, releases } from './told-recall.ts';

/** One step of a journey as a shopper reads it: no buyer, no order, nobody's name. */
export interface JourneyStep {
  step: string;
  /** RFC 3339, UTC. */
  at: string;
  place?: string;
  /** A Vietnamese sentence. */
  text: string;
  temperature?: Temperature;
}

/** What is said of each business step: the name by which pages know it, and the words behind the subject. */
const told: Record<string, readonly [step: string, words: string]> = {
  commissioning: ['coded', 'được gắn mã'],
  encoding: ['coded', 'được gắn mã'],
  packing: ['loaded', 'được xếp lên kiện vận chuyển'],
  unpacking: ['unloaded', 'được dỡ khỏi kiện vận chuyển'],
  storing: ['stored', 'được lưu kho'],
  stocking: ['stored', 'được lên kệ'],
  staging_outbound: ['stored', 'chờ xuất kho'],
  shipping: ['shipped', 'rời kho'],
  departing: ['shipped', 'khởi hành'],
  transporting: ['shipped', 'đang trên đường'],
  loading: ['shipped', 'được đưa lên xe'],
  unloading: ['received', 'được đưa xuống xe'],
  arriving: ['received', 'tới nơi'],
  receiving: ['received', 'được nhận'],
  accepting: ['received', 'được nhận'],
  inspecting: ['inspected', 'được kiểm tra'],
  sampling: ['inspected', 'được lấy mẫu kiểm nghiệm'],
  holding: ['held', 'bị giữ lại'],
  retail_selling: ['sold', 'được bán'],
  destroying: ['destroyed', 'bị tiêu hủy'],
  decommissioning: ['ended', 'không còn mang mã này'],
  sensor_reporting: ['measured', 'được đo'],
};

const lotNumber = (epc: string): string | undefined => linkOf(epc)?.lot;
const listed = (lots: readonly string[]): string =>
  lots.length > 3 ? `${lots.slice(0, 3).join(', ')} và ${lots.length - 3} lô khác` : lots.join(', ');

function making({ inputs }: Fact): string {
  const lots = [...new Set(inputs.flatMap((epc) => lotNumber(epc) ?? []))];
  return lots.length > 0 ? `được làm ra từ lô ${listed(lots)}` : 'được làm ra từ nguyên liệu đã ghi';
}

/** `ocop:growingAreaCode` and the like, as the partner wrote it, if it can be one. */
function growingArea({ event }: Fact): string {
  const ilmd = 'ilmd' in event && isFields(event.ilmd) ? event.ilmd : {};
  const code = Object.entries(ilmd).find(([name]) => /:(?:growing|planting)AreaCode$/.test(name))?.[1];
  return typeof code === 'string' && /^[A-Z0-9.\-/]{4,40}$/.test(code) ? `, vùng trồng mã số ${code}` : '';
}

function sayWhat(fact: Fact, to: string): readonly [step: string, words: string] {
  const { type, action, event, parent } = fact;
  const word = bareWord('bizStep', event.bizStep ?? '');
  if (recalls(fact)) return ['recalled', 'bị thu hồi'];
  if (releases(fact)) return ['released', 'được gỡ lệnh thu hồi'];
  if (type === 'TransformationEvent')
    return fact.inputs.includes(to) && !fact.outputs.includes(to) ? ['used', 'được đưa vào chế biến'] : ['packed', making(fact)];
  if (type === 'AssociationEvent' && parent === to)
    return action === 'DELETE' ? ['logger_off', 'được tháo thiết bị đo'] : ['logger_on', 'được gắn thiết bị đo'];
  if (type === 'AggregationEvent' && action !== 'OBSERVE')
    return action === 'DELETE' ? ['unloaded', 'được dỡ khỏi kiện vận chuyển'] : ['loaded', 'được xếp lên kiện vận chuyển'];
  if (word === 'commissioning' && action === 'ADD' && !isItem(to)) return ['harvested', `được thu hoạch hoặc làm ra${growingArea(fact)}`];
  return told[word] ?? (temperatureOf(event) ? ['measured', 'được đo'] : ['seen', 'được ghi nhận']);
}

function sayWho({ to, as, isPart }: Happened): string {
  const lot = lotNumber(to);
  if (as === 'carrier') return isPart ? 'Kiện chứa một phần của lô' : 'Kiện chứa hàng';
  if (as === 'logger') return 'Kiện hàng theo thiết bị đo đi cùng';
  if (lot) return `${isPart ? 'Một phần lô' : 'Lô'} ${lot}`;
  return as === 'origin' ? 'Nguyên liệu' : 'Hàng';
}

/** A place is shown by its GLN; a name for it would have to come from master data that nobody has checked. */
function placeOf({ event }: Fact): string | undefined {
  for (const id of [event.readPoint?.id, event.bizLocation?.id]) {
    const read = canonicalEpc(id ?? '');
    const match = read.ok && /\/414\/(\d{13})(?:\/254\/(.+))?$/.exec(read.epc);
    if (match) return `GLN ${match[1]}${match[2] ? ` · ${decodeURIComponent(match[2])}` : ''}`;
  }
  return undefined;
}

const degrees = (value: number): string => `${value.toLocaleString('vi-VN', { maximumFractionDigits: 1 })} °C`;
function sayTemperature({ minC, maxC, alarm }: Temperature): string {
  const range = minC === maxC ? degrees(minC) : `từ ${degrees(minC)} đến ${degrees(maxC)}`;
  return `, nhiệt độ ${range}${alarm ? ', có báo động' : ''}`;
}

/** A step before its sentence is made, so that readings of one place can be told as one. */
interface Draft {
  step: string;
  at: number;
  place: string | undefined;
  words: string;
  temperature: Temperature | undefined;
}

const draftOf = (happened: Happened): Draft => {
  const { fact, to } = happened;
  const [step, words] = sayWhat(fact, to);
  return { step, at: fact.at, place: placeOf(fact), words: `${sayWho(happened)} ${words}`, temperature: temperatureOf(fact.event) };
};

/** A logger tells every hour; a shopper wants to know how warm it was there. */
function merged(drafts: readonly Draft[]): Draft[] {
  const all: Draft[] = [];
  for (const draft of drafts) {
    const last = all.at(-1);
    const isSame = last?.temperature && draft.temperature && last.words === draft.words && last.place === draft.place;
    if (isSame && last.temperature && draft.temperature) last.temperature = widest(last.temperature, draft.temperature);
    else all.push({ ...draft });
  }
  return all;
}

/** What happened, in order of time, in words for everybody. */
export const stepsOf = ({ happened }: Pick<History, 'happened'>): JourneyStep[] =>
  merged(happened.map(draftOf)).map(({ step, at, place, words, temperature }) => ({
    step,
    at: new Date(at).toISOString(),
    ...(place ? { place } : {}),
    text: `${words}${temperature ? sayTemperature(temperature) : ''}.`,
    ...(temperature ? { temperature } : {}),
  }));
