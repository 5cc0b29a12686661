import { expect, it } from 'vitest';
import { sevenItems, type Trace } from './seven-items.ts';

const trace: Trace = {
  state: 'active',
  said: { title: 'Mã do chợ cấp', text: '' },
  gtin: '08938500990014',
  serial: '7K3M9QWX2ABC',
  product: { slug: 'vai-thieu', name: 'Vải thiều', variant: 'Thùng 5 kg', image: '/pictures/lychee.svg', netWeightGrams: 5_000 },
  seller: {
    slug: 'htx',
    name: 'HTX Lục Ngạn',
    address: 'Thôn Kép, Xã Lục Ngạn, Tỉnh Bắc Ninh',
    commune: { code: '07525', name: 'Xã Lục Ngạn' },
  },
  lot: { lot: 'VT-01', harvestedOn: '2026-06-15' },
  journey: [],
  certificates: [],
  warnings: [],
  scans: { count: 0 },
};

it('names all seven things of the circular', () => {
  expect(sevenItems(trace).map((i) => i.value)).toEqual([
    'Vải thiều, Thùng 5 kg',
    'Xã Lục Ngạn, Bắc Ninh',
    'Ở trên (tranh vẽ, chưa có ảnh chụp)',
    'HTX Lục Ngạn',
    'Thôn Kép, Xã Lục Ngạn, Tỉnh Bắc Ninh',
    'Lô VT-01 · 7K3M 9QWX 2ABC',
    'Chưa ghi trong sổ, xin xem trên bao bì',
  ]);
});

it('tells the use-by day when the seller wrote one', () => {
  const lot = { lot: 'VT-01', harvestedOn: '2026-06-15', useBy: '2026-06-25' };
  expect(sevenItems({ ...trace, lot }).at(-1)).toEqual({ name: 'Hạn dùng', value: 'Dùng tốt đến 25/06/2026' });
});

it('says what is not known', () => {
  expect(sevenItems({ ...trace, product: undefined, seller: undefined, lot: undefined }).map((i) => i.value)).toEqual([
    'Chưa ghi',
    'Chưa ghi',
    'Chưa có',
    'Chưa ghi',
    'Chưa ghi',
    '7K3M 9QWX 2ABC',
    'Chưa ghi trong sổ, xin xem trên bao bì',
  ]);
});
