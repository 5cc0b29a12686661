import { describe, expect, test } from 'vitest';
import { seedProducts } from '../../../infra/local/seed/products.ts';
import { seedSellers } from '../../../infra/local/seed/sellers.ts';
import { pictureFamilies } from '../../../infra/local/seed/types.ts';
import { categories, ocopSectors, ocopSets } from '../../../shared/catalog/categories.ts';
import { fold } from '../../../shared/platform/fold.ts';
import { findCommune } from '../../../shared/shipping/places.ts';

/** Real producers, their brands and the people behind them: nobody asked them, so no demonstration text may name them. */
const realProducers = [
  ...['Hồng Xuân', 'Hằng Hiếu', 'Xuân Trường', 'Cường Bé', 'Vân Hương', 'Đức Thịnh', 'Minh Trưởng', 'Trường Thọ', 'PTK', 'JOY', 'Thu Quế'],
  ...['Bà Lý', 'Ánh Dương', 'Bình Minh', 'Hiếu Thu', 'Thượng Hải', 'Mộc Sơn', 'Thái Sơn', 'Cát Lát', 'Cát Cát', 'Phong Vân', 'Đồng Nga'],
  ...['Hoàng Thi', 'Đại An', 'Quang Duy', 'Gia An', 'Vifoco', 'Thành Phát', 'Thân Trường', 'Ngọc Quyết', 'Minh Thu', 'Lục Ngạn Xanh'],
  ...[
    'Xanh Yên Thế',
    'mật Lục',
    'Vũ Văn Mến',
    'Lê Thành Đồng',
    'Nguyễn Đức Thức',
    'Nguyễn Đăng Chế',
    'Nguyễn Hữu Đạo',
    'Rau sạch Yên Dũng',
  ],
  ...['Dứa sạch Hương Sơn', 'Lâm sinh Ngọc Châu'],
];

const variants = seedProducts.flatMap((product) => product.variants);
const sellerBySlug = new Map(seedSellers.map((seller) => [seller.slug, seller]));

function repeated(values: readonly string[]): string[] {
  return values.filter((value, index) => values.indexOf(value) !== index);
}

/** GS1: weights 3 and 1 in turn over the 14 digits, check digit included; the sum is a multiple of ten. */
function hasValidCheckDigit(gtin14: string): boolean {
  return [...gtin14].reduce((sum, digit, index) => sum + Number(digit) * (index % 2 === 0 ? 3 : 1), 0) % 10 === 0;
}

describe('products of the demonstration market', () => {
  test('there are 77, spread over the eleven shelves', () => {
    expect(seedProducts).toHaveLength(77);
    expect(
      Object.fromEntries(categories.map(({ slug }) => [slug, seedProducts.filter((product) => product.category === slug).length])),
    ).toEqual({
      'trai-cay': 16,
      'rau-cu-gao': 8,
      'my-bun-banh': 15,
      'thit-gio-nem': 10,
      'mat-ong-tra': 6,
      'ruou-do-uong': 4,
      'duoc-lieu': 5,
      gom: 2,
      tranh: 2,
      'go-dong': 4,
      'may-tre-to-lua': 5,
    });
  });

  test('slugs, names and SKUs are unique and well formed', () => {
    expect(repeated(seedProducts.map(({ slug }) => slug))).toEqual([]);
    expect(repeated(seedProducts.map(({ name }) => fold(name)))).toEqual([]);
    expect(repeated(variants.map(({ sku }) => sku))).toEqual([]);
    expect(seedProducts.filter(({ slug }) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug))).toEqual([]);
    expect(variants.filter(({ sku }) => !/^[A-Z0-9]+(-[A-Z0-9]+)*$/.test(sku) || sku.length > 24)).toEqual([]);
  });

  test('every text is composed Vietnamese (NFC), so that it sorts and compares as typed', () => {
    const texts = [...seedProducts, ...seedSellers].map((thing) => JSON.stringify(thing));
    expect(texts.filter((text) => text !== text.normalize('NFC'))).toEqual([]);
  });

  test('every product has one to three variants with whole-thousand prices and a weight', () => {
    expect(seedProducts.filter((product) => product.variants.length < 1 || product.variants.length > 3)).toEqual([]);
    expect(variants.filter(({ priceDong }) => priceDong % 1_000 !== 0 || priceDong < 20_000 || priceDong > 5_000_000)).toEqual([]);
    expect(variants.filter(({ netWeightGrams }) => !Number.isInteger(netWeightGrams) || netWeightGrams <= 0)).toEqual([]);
    expect(variants.filter(({ priceDong, compareAtPriceDong = priceDong + 1 }) => compareAtPriceDong <= priceDong)).toEqual([]);
  });

  test('a wholesale price falls with the quantity', () => {
    for (const { sku, priceDong, wholesale = [] } of variants) {
      const steps = [{ minQuantity: 1, priceDong }, ...wholesale];
      const byQuantity = [...steps].sort((a, b) => a.minQuantity - b.minQuantity || b.priceDong - a.priceDong);
      const byPrice = [...steps].sort((a, b) => b.priceDong - a.priceDong || a.minQuantity - b.minQuantity);
      expect(byQuantity, sku).toEqual(steps);
      expect(byPrice, sku).toEqual(steps);
    }
  });

  test('stock lies between 40 and 2,000, of bulky goods between 5 and 20; the first lychee has 2,000 of each box', () => {
    for (const product of seedProducts) {
      const [least, most] = product.shippingClass === 'bulky' ? [5, 20] : [40, 2_000];
      expect(product.variants.filter(({ stock }) => stock < least || stock > most)).toEqual([]);
    }
    expect(seedProducts[0]?.slug).toBe('vai-thieu-luc-ngan');
    expect(seedProducts[0]?.variants.map(({ sku, stock }) => [sku, stock])).toEqual([
      ['VT-LN-3KG', 2_000],
      ['VT-LN-5KG', 2_000],
      ['VT-LN-10KG', 2_000],
    ]);
  });

  test('only traceable goods carry a GTIN, all of them do, each with a right check digit', () => {
    expect(seedProducts.filter(({ traceable }) => traceable)).toHaveLength(26);
    for (const product of seedProducts) {
      expect(product.variants.filter(({ gtin }) => (gtin !== undefined) !== product.traceable)).toEqual([]);
    }
    const gtins = variants.flatMap(({ gtin }) => gtin ?? []);
    expect(gtins).toHaveLength(55);
    expect(repeated(gtins)).toEqual([]);
    expect(gtins.filter((gtin) => !/^089385000\d{5}$/.test(gtin) || !hasValidCheckDigit(gtin))).toEqual([]);
  });

  test('check digits worked out by hand', () => {
    // 893850000001: 8 + 3×9 + 3 + 3×8 + 5 + 0 + 0 + 0 + 0 + 0 + 0 + 3×1 = 70, ten's complement 0.
    expect(variants[0]).toMatchObject({ sku: 'VT-LN-3KG', gtin: '08938500000010' });
    // 893850000002: 8 + 27 + 3 + 24 + 5 + 3×2 = 73, so 7.
    expect(variants[1]).toMatchObject({ sku: 'VT-LN-5KG', gtin: '08938500000027' });
    // 893850000055: 67 + 5 + 3×5 = 87, so 3.
    expect(variants.find(({ sku }) => sku === 'TDH-DCC-KHUNG')?.gtin).toBe('08938500000553');
  });

  test('seasons are months of the year, pictures and OCOP sets are known', () => {
    for (const product of seedProducts) {
      expect(product.season?.months.filter((month) => !Number.isInteger(month) || month < 1 || month > 12) ?? []).toEqual([]);
      expect(pictureFamilies).toContain(product.picture);
      expect(ocopSets.map(({ number }) => number)).toContain(product.ocopSet);
    }
    for (const category of categories) expect(pictureFamilies).toContain(category.picture);
  });

  test('stars: one of five, 27 of four, 27 of three, 22 without a certificate', () => {
    const withStars = (stars?: number) => seedProducts.filter((product) => product.ocop?.stars === stars).length;
    expect([withStars(5), withStars(4), withStars(3), withStars()]).toEqual([1, 27, 27, 22]);
  });

  test('rice wine is never offered at a struck-through or bulk price', () => {
    const wines = seedProducts.filter(({ picture }) => picture === 'rice-wine');
    expect(wines).toHaveLength(3);
    expect(wines.flatMap((wine) => wine.variants).filter(({ compareAtPriceDong, wholesale }) => compareAtPriceDong || wholesale)).toEqual(
      [],
    );
    expect(wines.filter(({ description }) => !description.includes('18 tuổi'))).toEqual([]);
  });
});

describe('OCOP reference data', () => {
  test('six sectors and 26 sets, numbered without a gap', () => {
    expect(ocopSectors.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(ocopSets.map(({ number }) => number)).toEqual(Array.from({ length: 26 }, (_, index) => index + 1));
    expect(ocopSectors.map(({ number }) => ocopSets.filter(({ sector }) => sector === number).length)).toEqual([13, 4, 3, 2, 3, 1]);
  });
});

describe('sellers of the demonstration market', () => {
  test('45 shops with unique slugs, names, phones and accounts, each in a commune of Bắc Ninh', () => {
    expect(seedSellers).toHaveLength(45);
    expect(repeated(seedSellers.map(({ slug }) => slug))).toEqual([]);
    expect(repeated(seedSellers.map(({ name }) => name))).toEqual([]);
    expect(repeated(seedSellers.map(({ phone }) => phone))).toEqual([]);
    expect(repeated(seedSellers.map(({ bank }) => bank.accountNumber))).toEqual([]);
    expect(seedSellers.filter(({ communeCode }) => findCommune(communeCode)?.province.code !== '24')).toEqual([]);
  });

  test('every shop says that it is a demonstration, with numbers that belong to nobody', () => {
    expect(seedSellers.filter(({ name }) => !name.endsWith('(minh hoạ)'))).toEqual([]);
    expect(seedSellers.filter(({ phone }) => !/^0900000\d{3}$/.test(phone))).toEqual([]);
    expect(seedSellers.filter(({ taxCode }) => taxCode !== undefined && !/^0000000\d{3}$/.test(taxCode))).toEqual([]);
    expect(seedSellers.filter(({ bank }) => !bank.accountNumber.startsWith(`${bank.bin}0000001`))).toEqual([]);
    expect(seedSellers.filter(({ bank }) => !/^[A-Z ]+ MINH HOA$/.test(bank.accountName))).toEqual([]);
  });

  test('every product has a seller, and every verified seller has products', () => {
    expect(seedProducts.filter(({ sellerSlug }) => !sellerBySlug.has(sellerSlug))).toEqual([]);
    const selling = new Set(seedProducts.map(({ sellerSlug }) => sellerSlug));
    expect(seedSellers.filter(({ slug, verified }) => selling.has(slug) !== verified).map(({ slug }) => slug)).toEqual([]);
    expect(seedSellers.filter(({ verified }) => !verified).map(({ slug }) => slug)).toEqual(['ho-cho-duyet']);
  });

  test('the two demonstration accounts run the lychee cooperative and the potters’ household', () => {
    expect(
      seedSellers.flatMap(({ slug, account, legalType, communeCode }) => (account ? [{ slug, account, legalType, communeCode }] : [])),
    ).toEqual([
      { slug: 'htx-lucngan', account: 'htx-lucngan@demo.vn', legalType: 'cooperative', communeCode: '07525' },
      { slug: 'ho-phulang', account: 'ho-phulang@demo.vn', legalType: 'household', communeCode: '09292' },
    ]);
    expect(sellerBySlug.get('htx-lucngan')?.bank.bin).toBe('970436');
    const slugsOf = (seller: string) => seedProducts.filter(({ sellerSlug }) => sellerSlug === seller).map(({ slug }) => slug);
    expect(slugsOf('htx-lucngan')).toEqual([
      'vai-thieu-luc-ngan',
      'vai-u-hong-tan-moc',
      'vai-thieu-huu-co-kien-thanh',
      'vai-thieu-say-kho-luc-ngan',
      'buoi-da-xanh-luc-ngan',
      'buoi-dien-luc-ngan',
    ]);
    expect(slugsOf('ho-phulang')).toEqual(['binh-gom-phu-lang-men-da-luon', 'tranh-gom-phu-lang']);
  });
});

test('no real producer is named anywhere', () => {
  const texts = [
    ...seedProducts.flatMap(({ slug, name, description, storage = '' }) => [slug, name, description, storage]),
    ...seedSellers.flatMap(({ slug, name, street, story, bank }) => [slug, name, street, story, bank.accountName]),
  ];
  // Texts keep their tone marks; slugs and account names have none, so those are compared folded and by whole words.
  // "cat-lat" in a slug is "cắt lát", sliced garlic: only with its marks is Cát Lát the brand.
  const foldedProducers = realProducers.filter((name) => name !== 'Cát Lát').map((name) => ` ${fold(name)} `);
  const offending = texts.filter((text) => {
    const words = ` ${text.toLowerCase().replaceAll('-', ' ')} `;
    const hasNoMarks = fold(words) === words.trim().replace(/\s+/g, ' ');
    return hasNoMarks
      ? foldedProducers.some((name) => words.includes(name))
      : realProducers.some((name) => words.includes(name.toLowerCase()));
  });
  expect(offending).toEqual([]);
});
