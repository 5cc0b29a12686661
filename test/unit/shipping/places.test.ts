import { describe, expect, test } from 'vitest';
import { fold } from '../../../shared/platform/fold.ts';
import { communesOf, findCommune, provinces, searchCommunes } from '../../../shared/shipping/places.ts';

const names = (communes: readonly { fullName: string }[]) => communes.map(({ fullName }) => fullName);
const foundIn = (text: string) => names(searchCommunes('24', text));

describe('folding', () => {
  test('tone marks, đ, capitals and stray spaces go', () => {
    expect(fold('  Vải thiều  Lục Ngạn ')).toBe('vai thieu luc ngan');
    expect(fold('Đồng Đăng')).toBe('dong dang');
    expect(fold('Hoà Bình')).toBe(fold('Hòa Bình'.normalize('NFD')));
    expect(fold('')).toBe('');
  });
});

describe('provinces and communes', () => {
  test('34 provinces, 3,321 communes with unique five-digit codes', () => {
    expect(provinces()).toHaveLength(34);
    const all = provinces().flatMap(({ code }) => communesOf(code) ?? []);
    expect(all).toHaveLength(3_321);
    expect(new Set(all.map(({ code }) => code)).size).toBe(3_321);
    expect(all.filter(({ code, fullName }) => !/^\d{5}$/.test(code) || !/^(Phường|Xã|Đặc khu) \S/.test(fullName))).toEqual([]);
    expect(['Phường', 'Xã', 'Đặc khu'].map((kind) => all.filter(({ fullName }) => fullName.startsWith(`${kind} `)).length)).toEqual([
      697, 2_611, 13,
    ]);
  });

  test('seven of them are cities since Đồng Nai became one on 30 April 2026', () => {
    expect(
      provinces()
        .filter(({ fullName }) => fullName.startsWith('Thành phố '))
        .map(({ code, name }) => `${code} ${name}`),
    ).toEqual(['01 Hà Nội', '31 Hải Phòng', '46 Huế', '48 Đà Nẵng', '75 Đồng Nai', '79 Hồ Chí Minh', '92 Cần Thơ']);
  });

  test('Bắc Ninh is 24, with 99 communes: 33 phường and 66 xã', () => {
    expect(provinces().find(({ code }) => code === '24')).toEqual({ code: '24', name: 'Bắc Ninh', fullName: 'Tỉnh Bắc Ninh' });
    const communes = communesOf('24') ?? [];
    expect(communes).toHaveLength(99);
    expect(names(communes).filter((name) => name.startsWith('Phường '))).toHaveLength(33);
    expect(names(communes).filter((name) => name.startsWith('Xã '))).toHaveLength(66);
  });

  test('a commune is found by its code, with its province', () => {
    expect(findCommune('07525')).toEqual({
      code: '07525',
      name: 'Chũ',
      fullName: 'Phường Chũ',
      province: { code: '24', name: 'Bắc Ninh', fullName: 'Tỉnh Bắc Ninh' },
    });
    expect(findCommune('09292')?.fullName).toBe('Xã Phù Lãng');
    expect(findCommune('00004')).toMatchObject({ fullName: 'Phường Ba Đình', province: { fullName: 'Thành phố Hà Nội' } });
  });

  test('retired and made-up codes find nothing', () => {
    // 27 was Bắc Ninh before July 2025.
    expect(communesOf('27')).toBeUndefined();
    expect(communesOf('__proto__')).toBeUndefined();
    expect(findCommune('99999')).toBeUndefined();
    expect(findCommune('constructor')).toBeUndefined();
    expect(searchCommunes('27', 'bac ninh')).toEqual([]);
  });

  test('what a caller does to its copy stays with the caller', () => {
    for (const commune of communesOf('24') ?? []) commune.name = 'đổi';
    const mine = findCommune('07525');
    if (mine) mine.province.name = 'đổi';
    expect(findCommune('07525')).toMatchObject({ name: 'Chũ', province: { name: 'Bắc Ninh' } });
  });
});

describe('searching by what people type', () => {
  test('tone marks and đ do not matter', () => {
    expect(foundIn('phu lang')).toEqual(['Xã Phù Lãng']);
    expect(foundIn('PHÙ LÃNG')).toEqual(['Xã Phù Lãng']);
    expect(foundIn('dao vien')).toEqual(['Phường Đào Viên']);
  });

  test('an old district: "viet yen" finds the four phường of Thị xã Việt Yên, today’s Việt Yên first', () => {
    const hits = searchCommunes('24', 'viet yen');
    expect(names(hits)).toEqual(['Phường Việt Yên', 'Phường Tự Lạn', 'Phường Nếnh', 'Phường Vân Hà']);
    expect(hits.map(({ formerly }) => formerly)).toEqual(Array.from({ length: 4 }, () => ['Thị xã Việt Yên']));
  });

  test('"luc ngan" finds the district as it was in 2025 and the part that had been Lục Ngạn until 2024', () => {
    const hits = searchCommunes('24', 'luc ngan');
    expect(hits[0]).toEqual({ code: '07582', name: 'Lục Ngạn', fullName: 'Xã Lục Ngạn', formerly: ['Huyện Lục Ngạn'] });
    expect(names(hits).sort()).toEqual(
      [
        ...['Xã Lục Ngạn', 'Xã Tân Sơn', 'Xã Sa Lý', 'Xã Biên Sơn', 'Xã Sơn Hải', 'Xã Biển Động', 'Xã Đèo Gia'],
        ...['Xã Nam Dương', 'Phường Chũ', 'Phường Phượng Sơn', 'Xã Kiên Lao'],
      ].sort(),
    );
  });

  test('"yen dung" finds what joined Thành phố Bắc Giang in 2025', () => {
    expect(foundIn('yên dũng')).toEqual([
      ...['Phường Yên Dũng', 'Phường Tân An', 'Phường Tiền Phong', 'Phường Tân Tiến', 'Xã Đồng Việt', 'Phường Cảnh Thuỵ'],
    ]);
  });

  test('"Thành phố Bắc Ninh" finds the five phường of the old town, also when shortened', () => {
    const fiveOfTheTown = ['Phường Vũ Ninh', 'Phường Kinh Bắc', 'Phường Võ Cường', 'Phường Nam Sơn', 'Phường Hạp Lĩnh'];
    expect(foundIn('Thành phố Bắc Ninh')).toEqual(fiveOfTheTown);
    expect(foundIn('TP. Bắc Ninh')).toEqual(fiveOfTheTown);
    expect(foundIn('tp bac ninh')).toEqual(fiveOfTheTown);
  });

  test('an old commune: Hồng Giang is in Phường Chũ, and the hit says so', () => {
    expect(searchCommunes('24', 'hong giang')).toEqual([
      { code: '07525', name: 'Chũ', fullName: 'Phường Chũ', formerly: ['Phường Hồng Giang'] },
    ]);
  });

  test('a kind that is out of date still finds its place', () => {
    expect(foundIn('xã Hồng Giang')).toEqual(['Phường Chũ']);
    expect(foundIn('huyện Quế Võ')).toEqual(foundIn('thị xã Quế Võ'));
    expect(foundIn('huyện Quế Võ')).toHaveLength(7);
  });

  test('names that look like a kind without their tone marks are names', () => {
    expect(foundIn('phuong lieu')).toEqual(['Phường Phương Liễu']);
    expect(foundIn('huyen son')[0]).toBe('Xã Nghĩa Phương');
    expect(foundIn('quang trung')).toEqual(['Xã Quang Trung']);
  });

  test('a whole name comes before the beginning of one', () => {
    expect(foundIn('tan yen')[0]).toBe('Xã Tân Yên');
    expect(foundIn('bac giang')[0]).toBe('Phường Bắc Giang');
  });

  test('nothing typed gives all, nonsense nothing, no pattern is read into the text', () => {
    expect(searchCommunes('24', '  ')).toHaveLength(99);
    expect(searchCommunes('24', 'zzz')).toEqual([]);
    expect(searchCommunes('24', '.*')).toEqual([]);
  });

  test('other provinces are searched by today’s names', () => {
    expect(names(searchCommunes('01', 'hoan kiem'))).toEqual(['Phường Hoàn Kiếm']);
    expect(searchCommunes('01', 'hoan kiem')[0]).not.toHaveProperty('formerly');
  });
});
