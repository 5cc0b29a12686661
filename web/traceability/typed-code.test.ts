import { describe, expect, it } from 'vitest';
import { addressOf, codeInAddress, readTyped } from './typed-code.ts';

const gtin = '08938500990014';

describe('a code typed by hand', () => {
  it('may have spaces, small letters and the letters people take for digits', () => {
    expect(readTyped('0893 8500 9900 14', '7k3m-9qwx 2abo')).toEqual({ code: { gtin, serial: '7K3M9QWX2AB0' } });
    expect(readTyped('8938500990014', '7K3M9QWX2ABC')).toEqual({ code: { gtin, serial: '7K3M9QWX2ABC' } });
  });
  it('may be the whole link, in either field', () => {
    expect(readTyped('https://cho.example/01/08938500990014/10/VT-01/21/7K3M9QWX2ABC', '')).toEqual({
      code: { gtin, serial: '7K3M9QWX2ABC' },
    });
    expect(readTyped('', 'https://cho.example/01/08938500990014/21/7K3M9QWX2ABC')).toEqual({ code: { gtin, serial: '7K3M9QWX2ABC' } });
  });
  it('is told which half is wrong', () => {
    expect(readTyped('08938500990013', '7K3M9QWX2ABC')).toEqual({ wrong: 'gtin' });
    expect(readTyped(gtin, '7K3M')).toEqual({ wrong: 'serial' });
    expect(readTyped('https://cho.example/san-pham/x/', '')).toEqual({ wrong: 'gtin' });
  });
});

it('comes out of the address as it went in', () => {
  expect(codeInAddress(addressOf({ gtin, serial: '7K3M9QWX2ABC' }))).toEqual({ gtin, serial: '7K3M9QWX2ABC' });
  expect(codeInAddress('?gtin=123')).toBeUndefined();
});
