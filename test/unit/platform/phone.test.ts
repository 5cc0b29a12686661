import { describe, expect, test } from 'vitest';
import { nationalPhone, normalisePhone, Phone } from '../../../shared/platform/phone.ts';

describe('a phone number', () => {
  test.each([
    '0912345678',
    '0912 345 678',
    '0912.345.678',
    '(0912) 345-678',
    '+84912345678',
    '+84 912 345 678',
    '84912345678',
    ' 0912345678 ',
  ])('%j is +84912345678', (written) => {
    expect(normalisePhone(written)).toBe('+84912345678');
  });

  test.each(['', '0', '123', '091234567', '09123456789', 'không có', '0912345678 ext 5', '9'.repeat(41), '+', '\u0000', '🙂'])(
    '%j is none',
    (written) => {
      expect(normalisePhone(written)).toBeUndefined();
      expect(Phone.safeParse(written).success).toBe(false);
    },
  );

  test('a foreign buyer keeps the country code, a Vietnamese one is shown as dialled here', () => {
    expect(normalisePhone('+44 20 7946 0018')).toBe('+442079460018');
    expect(nationalPhone('+442079460018')).toBe('+442079460018');
    expect(nationalPhone('+84912345678')).toBe('0912345678');
  });
});
