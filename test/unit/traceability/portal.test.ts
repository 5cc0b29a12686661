import { expect, test } from 'vitest';
import { demonstrationPrefix, ownGtin } from '../../../shared/traceability/gtin.ts';
import {
  missingFields,
  type PortalKey,
  type PortalLot,
  portalFields,
  portalKeys,
  traceCode,
} from '../../../shared/traceability/records/portal.ts';

const lot: PortalLot = {
  gtin: '08934567000012',
  lot: 'L1',
  productName: 'Vải thiều Lục Ngạn',
  useBy: '2026-06-21',
  plantingAreaCode: 'VN-BGOR-0123',
  certificates: [
    { kind: 'VietGAP', number: 'VG-1', validUntil: '2026-06-15' },
    { kind: 'OCOP', number: 'OC-2' },
  ],
  pictures: ['https://chokinhbac.test/api/photos/a'],
  seller: { name: 'HTX Lục Ngạn', address: 'Thôn Kép, Xã Lục Ngạn, Tỉnh Bắc Ninh' },
  keyEvents: [{ at: '2026-06-13T17:00:00.000Z', text: 'Lô L1 được thu hoạch.' }],
};
const demonstration = ownGtin(1, demonstrationPrefix);
const valuesOf = (of: PortalLot, key: PortalKey, today = '2026-06-15') =>
  portalFields(of, today).find((field) => field.key === key)?.values;
const missing = (of: PortalLot, today = '2026-06-15') => missingFields(portalFields(of, today)).map(({ key }) => key);

test('a full lot has every mandatory field, in the order of the circular, and a trace code of product, place and lot', () => {
  const fields = portalFields(lot, '2026-06-15');
  expect(fields.map(({ key }) => key)).toEqual([...portalKeys]);
  expect(missing(lot)).toEqual([]);
  expect(traceCode(fields)).toBe('08934567000012+VN-BGOR-0123+L1');
  expect(valuesOf(lot, 'origin')).toEqual(['Thôn Kép, Xã Lục Ngạn, Tỉnh Bắc Ninh; vùng trồng VN-BGOR-0123']);
  expect(valuesOf(lot, 'keyEvents')).toEqual(['2026-06-13T17:00:00.000Z Lô L1 được thu hoạch.']);
  expect(valuesOf(lot, 'standards')).toEqual(['VietGAP VG-1', 'OCOP OC-2']);
});

test('what the law asks for only where there is any is never missing', () => {
  expect(missing({ ...lot, useBy: undefined })).toEqual([]);
  expect(
    portalFields(lot, '2026-06-15')
      .filter(({ isMandatory }) => !isMandatory)
      .map(({ key }) => key),
  ).toEqual(['useBy', 'brand']);
});

test.each<[string, Partial<PortalLot>, PortalKey[]]>([
  ['no photo', { pictures: [] }, ['picture']],
  ['no seller', { seller: undefined }, ['origin', 'unitName', 'unitAddress']],
  ['no planting area', { plantingAreaCode: undefined }, ['locationCode']],
  ['no events', { keyEvents: [] }, ['keyEvents']],
  ['no certificates', { certificates: [] }, ['standards']],
  ['a number for demonstration', { gtin: demonstration }, ['productCode']],
])('%s is missing', (_, less, keys) => {
  expect(missing({ ...lot, ...less })).toEqual(keys);
});

test('there is no trace code while a part of it is missing', () => {
  for (const less of [{ plantingAreaCode: undefined }, { gtin: demonstration }])
    expect(traceCode(portalFields({ ...lot, ...less }, '2026-06-15'))).toBeUndefined();
});

test('a certificate counts through its last day and not longer', () => {
  expect(valuesOf(lot, 'standards', '2026-06-16')).toEqual(['OCOP OC-2']);
  const only = { ...lot, certificates: lot.certificates.slice(0, 1) };
  expect(missing(only)).toEqual([]);
  expect(missing(only, '2026-06-16')).toEqual(['standards']);
  expect(portalFields(only, '2026-06-16').find(({ key }) => key === 'standards')?.note).toBe('Các giấy chứng nhận của lô đã hết hạn.');
});
