import { describe, expect, test } from 'vitest';
import { addressOf, linksetOf, linkTypeOf, type Named, pageFor, pagesOf } from '../../../functions/traceability/resolver/linkset.ts';

const origin = 'https://chokinhbac.test';
const gtin = '08938500000010';
const serial = '7K3M9QWX2ABC';
const named = (more: Partial<Named> = {}): Named => ({
  uri: { gtin },
  product: { slug: 'vai-thieu-luc-ngan', name: 'Vải thiều Lục Ngạn, Thùng 5 kg' },
  seller: { slug: 'htx-luc-ngan', name: 'HTX Vải thiều Lục Ngạn' },
  ...more,
});
const typesOf = (more?: Partial<Named>) => pagesOf(named(more)).map(({ type }) => type);
const item = { uri: { gtin, lot: 'VT-01', serial } };

describe('the pages', () => {
  test('of a product, and of a lot or a variant, which have none of their own', () => {
    expect(typesOf()).toEqual(['pip', 'locationInfo']);
    expect(typesOf({ uri: { gtin, cpv: '2A', lot: 'VT-01' } })).toEqual(['pip', 'locationInfo']);
    expect(typesOf({ seller: undefined })).toEqual(['pip']);
  });

  test('of an item: its own first; recall and papers only where there is something to say', () => {
    expect(typesOf({ ...item, issued: { hasCertificates: true } })).toEqual([
      'traceability',
      'pip',
      'recallStatus',
      'certificationInfo',
      'locationInfo',
    ]);
    expect(typesOf({ ...item, issued: { hasCertificates: false } })).toEqual(['traceability', 'pip', 'recallStatus', 'locationInfo']);
    expect(typesOf(item)).toEqual(['traceability', 'pip', 'locationInfo']);
  });

  test('by link type', () => {
    const pages = pagesOf(named(item));
    expect(pageFor(pages, 'pip')?.page).toBe('/san-pham/vai-thieu-luc-ngan/');
    expect(pageFor(pages, 'defaultLink')?.page).toBe('/truy-xuat/');
    expect(pageFor(pages, 'leaveReview')).toBeUndefined();
    expect(pageFor(pages, undefined)).toBeUndefined();
  });
});

test('a link type is asked for by its short name or any address GS1 gave it', () => {
  for (const asked of [
    'gs1:pip',
    'https://gs1.org/voc/pip',
    'https://www.gs1.org/voc/pip',
    'http://gs1.org/voc/pip',
    'https://ref.gs1.org/voc/pip',
  ])
    expect(linkTypeOf(asked), asked).toBe('pip');
  for (const asked of ['', 'pip', 'GS1:pip', 'gs1:', 'schema:pip', 'https://gs1.org.evil.example/voc/pip', 'https://gs1.org/voc/pip/x'])
    expect(linkTypeOf(asked), asked).toBeUndefined();
});

describe('an address', () => {
  const [scan] = pagesOf(named({ uri: { gtin, serial: 'a&b' } }));
  test('carries what was asked, but no other item', () => {
    expect(scan && addressOf(scan, origin, 'serial=KHAC&17=261231&gtin=KHAC&gtin=&constructor=x&q=v%e1%ba%a3i')).toBe(
      `${origin}/truy-xuat/?gtin=${gtin}&serial=a%26b&17=261231&constructor=x&q=v%e1%ba%a3i`,
    );
  });

  test('keeps a name that was given twice, an empty value, the order, and every byte', () => {
    expect(scan && addressOf(scan, origin, 'b=2&a=1,5&b=%20&c&&b=')).toBe(
      `${origin}/truy-xuat/?gtin=${gtin}&serial=a%26b&b=2&a=1,5&b=%20&c&&b=`,
    );
    expect(scan && addressOf(scan, origin, 'linkType=gs1:pip&q=a+b%2f~%7e')).toBe(
      `${origin}/truy-xuat/?gtin=${gtin}&serial=a%26b&linkType=gs1:pip&q=a+b%2f~%7e`,
    );
  });

  test('drops its own parameters however they are spelled, and what no address may hold', () => {
    expect(scan && addressOf(scan, origin, '%67tin=KHAC&s%65rial&GTIN=1')).toBe(`${origin}/truy-xuat/?gtin=${gtin}&serial=a%26b&GTIN=1`);
    expect(scan && addressOf(scan, origin, 'a=\r\nx: y&b=ả\ud800')).toBe(
      `${origin}/truy-xuat/?gtin=${gtin}&serial=a%26b&a=%0D%0Ax:%20y&b=%E1%BA%A3%EF%BF%BD`,
    );
  });

  test.each(['//evil.example', 'https://evil.example/', '/\\evil.example', '@evil.example', '\r\nlocation: x'])(
    'stays with the market, whatever %o is asked',
    (text) => {
      const address = new URL(scan ? addressOf(scan, origin, new URLSearchParams({ url: text, next: text, [text]: text }).toString()) : '');
      expect([address.origin, address.pathname]).toEqual([origin, '/truy-xuat/']);
    },
  );
});

describe('the linkset', () => {
  test('of an item with papers, as GS1’s schema has it', () => {
    const scanPage = `${origin}/truy-xuat/?gtin=${gtin}&serial=${serial}`;
    const anchor = `${origin}/01/${gtin}/10/VT-01/21/${serial}`;
    const pages = pagesOf(named({ ...item, issued: { hasCertificates: true } }));
    expect(JSON.parse(JSON.stringify(linksetOf(anchor, 'Vải thiều Lục Ngạn, Thùng 5 kg', pages, origin)))).toEqual({
      linkset: [
        {
          anchor: 'https://chokinhbac.test/01/08938500000010/10/VT-01/21/7K3M9QWX2ABC',
          itemDescription: 'Vải thiều Lục Ngạn, Thùng 5 kg',
          'https://ref.gs1.org/voc/defaultLink': [{ href: scanPage, title: 'Truy xuất nguồn gốc món hàng này' }],
          'https://ref.gs1.org/voc/traceability': [
            { href: scanPage, title: 'Truy xuất nguồn gốc món hàng này', hreflang: ['vi'], type: 'text/html' },
          ],
          'https://ref.gs1.org/voc/pip': [
            {
              href: 'https://chokinhbac.test/san-pham/vai-thieu-luc-ngan/',
              title: 'Vải thiều Lục Ngạn, Thùng 5 kg',
              hreflang: ['vi'],
              type: 'text/html',
            },
          ],
          'https://ref.gs1.org/voc/recallStatus': [
            { href: scanPage, title: 'Lô hàng có bị thu hồi không', hreflang: ['vi'], type: 'text/html' },
          ],
          'https://ref.gs1.org/voc/certificationInfo': [
            { href: scanPage, title: 'Giấy chứng nhận của lô hàng', hreflang: ['vi'], type: 'text/html' },
          ],
          'https://ref.gs1.org/voc/locationInfo': [
            {
              href: 'https://chokinhbac.test/nha-ban/htx-luc-ngan/',
              title: 'Nơi bán: HTX Vải thiều Lục Ngạn',
              hreflang: ['vi'],
              type: 'text/html',
            },
          ],
        },
      ],
    });
  });
});
