import { describe, expect, test } from 'vitest';
import { provinces } from '../../../shared/shipping/places.ts';
import { kilometresBetween } from '../../../shared/traceability/scans/distances.ts';
import { abroad, placeName, viewerPlace } from '../../../shared/traceability/scans/viewer-place.ts';

/** The 63 subdivisions of ISO 3166-2:VN with the province of today that each lies in, written down apart from the code. */
const formerProvinces: Record<string, string> = {
  ...{ 'Lai Châu': '01', 'Điện Biên': '71', 'Sơn La': '05', 'Cao Bằng': '04', 'Lạng Sơn': '09', 'Quảng Ninh': '13' },
  ...{ 'Hà Nội': 'HN', 'Thanh Hoá': '21', 'Nghệ An': '22', 'Hà Tĩnh': '23', Huế: '26' },
  ...{ 'Tuyên Quang': '03 07', 'Lào Cai': '06 02', 'Thái Nguyên': '53 69', 'Phú Thọ': '70 14 68', 'Bắc Ninh': '54 56' },
  ...{ 'Hưng Yên': '20 66', 'Hải Phòng': '61 HP', 'Ninh Bình': '63 67 18', 'Quảng Trị': '24 25', 'Đà Nẵng': '27 DN' },
  ...{ 'Quảng Ngãi': '28 29', 'Gia Lai': '31 30', 'Khánh Hoà': '36 34', 'Lâm Đồng': '72 40 35', 'Đắk Lắk': '32 33' },
  ...{ 'Hồ Chí Minh': '43 57 SG', 'Đồng Nai': '58 39', 'Tây Ninh': '41 37', 'Cần Thơ': '52 73 CT', 'Vĩnh Long': '50 51 49' },
  ...{ 'Đồng Tháp': '46 45', 'Cà Mau': '55 59', 'An Giang': '47 44' },
};

describe('where a visitor is', () => {
  test('each of the 63 former provinces lies in one of today’s 34', () => {
    const all = Object.values(formerProvinces).flatMap((iso) => iso.split(' '));
    expect([all.length, new Set(all).size]).toEqual([63, 63]);
    const said = Object.fromEntries(
      Object.entries(formerProvinces).map(([name, iso]) => [name, iso.split(' ').map((code) => placeName(viewerPlace('VN', code) ?? ''))]),
    );
    expect(said).toEqual(Object.fromEntries(Object.entries(formerProvinces).map(([name, iso]) => [name, iso.split(' ').map(() => name)])));
    expect(Object.keys(formerProvinces).sort()).toEqual(
      provinces()
        .map(({ name }) => name)
        .sort(),
    );
  });

  test.each([
    ['VN', '56', '24'],
    [undefined, 'VN-54', '24'],
    ['vn', 'hn', '01'],
    ['VN', '15', '01'],
    ['CN', 'BJ', abroad],
    [undefined, 'US-CA', abroad],
    // The region says more than the country beside it.
    ['VN', 'LA-VT', abroad],
    // 8 was never given; 54 is also a code elsewhere.
    ['VN', '08', undefined],
    ['VN', undefined, undefined],
    [undefined, undefined, undefined],
    ['', '', undefined],
    ['__proto__', 'constructor', undefined],
  ])('country %s, region %s: %s', (country, region, place) => expect(viewerPlace(country, region)).toBe(place));
});

describe('distances', () => {
  test('every two provinces have one, the same both ways, and none is longer than the country', () => {
    const codes = provinces().map(({ code }) => code);
    for (const a of codes)
      for (const b of codes) {
        const far = kilometresBetween(a, b) ?? Number.NaN;
        expect(far, `${a} ${b}`).toBeCloseTo(kilometresBetween(b, a) ?? Number.NaN, 6);
        expect(far).toBeLessThan(1_700);
        expect(far === 0).toBe(a === b);
      }
  });

  test('as the map says: Hà Nội to Hồ Chí Minh 1,140 km, to Bắc Ninh 70 km; abroad is anywhere', () => {
    expect(kilometresBetween('01', '79')).toBeCloseTo(1_140, -1);
    expect(kilometresBetween('01', '24')).toBeCloseTo(71, -1);
    expect(kilometresBetween('01', abroad)).toBeUndefined();
    expect(kilometresBetween('01', '99')).toBeUndefined();
  });
});
