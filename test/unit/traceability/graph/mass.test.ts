import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { factOf, type TracedEvent } from '../../../../shared/traceability/graph/facts.ts';
import { massFindings } from '../../../../shared/traceability/graph/mass.ts';
import { at, box, event, lot, rawGtin } from './world.ts';

const kg = (epcClass: string, quantity: number, uom = 'KGM') => ({ epcClass, quantity, uom });
const [raw, made] = [lot('RAW', rawGtin), lot('MADE')];
const making = (hour: number, inputs: object[], outputs: object[], more: object = {}) =>
  event(hour, {
    ...{ type: 'TransformationEvent', bizStep: 'commissioning', inputQuantityList: inputs, outputQuantityList: outputs },
    ...more,
  });
/** A package of the product weighs 5 kg. */
const gramsOfOne = (epc: string) => (epc.includes('/08938500000010/') ? 5_000 : undefined);
const findings = (...events: TracedEvent[]) => massFindings(events.map(factOf), { epc: raw, quantityGrams: 820_000, gramsOfOne });
const kinds = (...events: TracedEvent[]) => findings(...events).map(({ kind }) => kind);

describe('a making', () => {
  test('of more than went in is told, with its weights and its event', () => {
    const one = making(9, [kg(raw, 20)], [kg(made, 5_000)]);
    expect(findings(one)).toEqual([
      {
        kind: 'over_made',
        strength: 'medium',
        at: at(9),
        events: [one.eventID],
        text: 'Sự kiện chế biến ngày 1/6/2026 ghi 20 kg đầu vào nhưng 5.000 kg đầu ra. Xin kiểm tra số lượng, hoặc ghi thêm nguyên liệu còn thiếu.',
      },
    ]);
  });

  test.each([
    ['as much as went in', [kg(raw, 20)], [kg(made, 20)], []],
    ['a tenth more, which scales and sugar explain', [kg(raw, 20)], [kg(made, 22)], []],
    ['a gram beyond', [kg(raw, 20)], [kg(made, 22_001, 'GRM')], ['over_made']],
    ['in other units', [kg(raw, 0.5, 'TNE')], [kg(made, 500)], []],
    ['counted in packages of known weight', [kg(raw, 20)], [{ epcClass: made, quantity: 5 }], ['over_made']],
    ['counted in packages of unknown weight', [kg(raw, 20)], [{ epcClass: lot('X', rawGtin), quantity: 5_000 }], []],
    ['from something whose weight nobody said', [kg(raw, 20), { epcClass: lot('SUGAR', rawGtin) }], [kg(made, 5_000)], []],
    ['from litres', [kg(raw, 20), kg(lot('WATER', rawGtin), 100, 'LTR')], [kg(made, 5_000)], []],
  ])('of %s', (_, inputs, outputs, expected) => expect(kinds(making(9, inputs, outputs))).toEqual(expected));

  test('into boxes one by one weighs each of them', () => {
    const boxes = (count: number) => ({ outputEPCList: Array.from({ length: count }, (_, i) => box(`B${i}`)) });
    expect(kinds(making(9, [kg(raw, 20)], [], boxes(4)))).toEqual([]);
    expect(kinds(making(9, [kg(raw, 20)], [], boxes(5)))).toEqual(['over_made']);
  });

  test('told in several events under one name is one making', () => {
    const transformationID = 'urn:x:making';
    const parts = [
      making(9, [kg(raw, 20)], [], { transformationID }),
      making(10, [kg(raw, 20)], [], { transformationID }),
      making(11, [], [kg(made, 40)], { transformationID }),
    ];
    expect(kinds(...parts)).toEqual([]);
    expect(kinds(...parts, making(12, [], [kg(made, 5)], { transformationID }))).toEqual(['over_made']);
    // Its inputs are not known here.
    expect(kinds(...parts.slice(2))).toEqual([]);
  });

  test('the same event twice counts once', () => {
    const one = making(9, [kg(raw, 500)], [kg(made, 500)]);
    expect(kinds(one, one)).toEqual([]);
  });
});

describe('a lot', () => {
  test('of which more was used than there was', () => {
    const day = (hour: number, amount: number) => making(hour, [kg(raw, amount)], [kg(made, amount)]);
    expect(findings(day(9, 500), day(10, 402))).toEqual([]);
    const [one, other] = [day(9, 500), day(10, 402.001)];
    expect(findings(one, other)).toEqual([
      {
        kind: 'over_used',
        strength: 'medium',
        at: at(10),
        events: [one.eventID, other.eventID],
        text: 'Các sự kiện chế biến lấy từ lô này 902,001 kg, nhiều hơn 820 kg đã ghi cho lô.',
      },
    ]);
  });

  test('never has a finding while nothing is made of more than there is', () => {
    const amounts = fc.array(fc.integer({ min: 1, max: 80_000 }), { maxLength: 10 });
    fc.assert(
      fc.property(amounts, fc.double({ min: 0, max: 1, noNaN: true }), (grams, yieldShare) => {
        const events = grams.map((g, i) => making(i, [kg(raw, g, 'GRM')], [kg(made, g * yieldShare, 'GRM')]));
        expect(findings(...events)).toEqual([]);
      }),
    );
  });
});
