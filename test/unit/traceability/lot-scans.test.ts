import { describe, expect, test } from 'vitest';
import { lotFindings, placesOfLot } from '../../../shared/traceability/scans/lot-scans.ts';
import { abroad } from '../../../shared/traceability/scans/viewer-place.ts';

const doubtful = (picture: Parameters<typeof placesOfLot>[0]) => placesOfLot(picture).flatMap((p) => (p.isDoubtful ? [p.place] : []));
/** 1,000 boxes: 200 stay at home, 800 are sent away. */
const sent = { '24': 200, '01': 400, '40': 300, '31': 100 };
const whole = { home: '24', coded: 1_000, sent };

describe('where a lot is seen', () => {
  test('as it was sent, with presents and blurred networks: nothing', () => {
    expect(doubtful({ ...whole, boxesSeen: { '24': 90, '01': 140, '40': 80, '31': 24, '79': 12, '91': 3, [abroad]: 4 } })).toEqual([]);
  });

  test('expected is worked out by hand', () => {
    // 200 seen away from home. 40: 0.8 × 300/800 + 0.2 × 0.02 = 0.304 → 60.8; 91: 0.2 × 0.02 → 0.8; 01: 0.8 × 400/800 + 0.2 × 0.3 = 0.46 → 92.
    const places = placesOfLot({ ...whole, boxesSeen: { '24': 500, '01': 92, '40': 60, '31': 20, '91': 28 } });
    const of = (place: string) => places.find((p) => p.place === place);
    expect(of('40')?.expected).toBeCloseTo(60.8, 9);
    expect(of('91')?.expected).toBeCloseTo(0.8, 9);
    expect(of('01')?.expected).toBeCloseTo(92, 9);
    expect([of('24'), places.map((p) => p.place)]).toEqual([
      { place: '24', sent: 200, boxesSeen: 500, isDoubtful: false },
      ['24', '01', '40', '91', '31'],
    ]);
    expect(doubtful({ ...whole, boxesSeen: { '24': 500, '01': 92, '40': 60, '31': 20, '91': 28 } })).toEqual(['91']);
  });

  test('eight boxes are the fewest that say something, and five standard deviations', () => {
    // 100 seen away: expected 0.4 in a province nothing was sent to; 0.4 + 5 × √0.4 = 3.56.
    expect(doubtful({ ...whole, boxesSeen: { '01': 53, '40': 40, '91': 7 } })).toEqual([]);
    expect(doubtful({ ...whole, boxesSeen: { '01': 52, '40': 40, '91': 8 } })).toEqual(['91']);
    // 1,000 seen away: expected 4; 4 + 5 × 2 = 14 (2 × 4 is less).
    expect(doubtful({ ...whole, boxesSeen: { '01': 587, '40': 400, '91': 13 } })).toEqual([]);
    expect(doubtful({ ...whole, boxesSeen: { '01': 586, '40': 400, '91': 14 } })).toEqual(['91']);
  });

  test('boxes nobody said where they went may be anywhere', () => {
    const boxesSeen = { '01': 10, '91': 90 };
    expect(doubtful({ home: '24', coded: 1_000, sent: {}, boxesSeen })).toEqual([]);
    expect(doubtful({ home: '24', coded: 2_000, sent, boxesSeen })).toEqual([]);
    expect(doubtful({ ...whole, boxesSeen })).toEqual(['91']);
    expect(doubtful({ home: '24', coded: 0, sent: {}, boxesSeen })).toEqual([]);
  });

  test('the seller’s own province and foreign networks are not judged', () => {
    expect(doubtful({ ...whole, boxesSeen: { '24': 900, [abroad]: 300, '01': 10 } })).toEqual([]);
  });
});

describe('what is odd about a lot', () => {
  test('more in its packages than was harvested', () => {
    const say = (boxesSent: number) => lotFindings([], { boxesSent, netWeightGrams: 5_000, quantityGrams: 820_000 });
    expect(say(164)).toEqual([]);
    expect(say(165)).toEqual([
      { kind: 'over_harvest', strength: 'medium', text: expect.stringContaining('chứa 825 kg, nhiều hơn 820 kg đã thu hoạch') },
    ]);
  });

  test('the provinces by name', () => {
    const places = placesOfLot({ ...whole, boxesSeen: { '01': 54, '40': 40, '91': 60 } });
    expect(lotFindings(places, { boxesSent: 0, netWeightGrams: 1, quantityGrams: 1 })[0]?.text).toContain(
      'An Giang (quét 60 hộp, gửi đến 0)',
    );
  });
});
