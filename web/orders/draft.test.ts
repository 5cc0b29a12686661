import { describe, expect, it } from 'vitest';
import { emptyDraft, findMistakes, looksLikePhone, orderBody } from './draft.ts';

const filled = {
  ...emptyDraft,
  name: ' Nguyễn Thị Mận ',
  phone: '0912 345 678',
  communeCode: '07525',
  communeName: 'Phường Chũ',
  street: 'Số 12',
};

describe('checkout draft', () => {
  it('takes phone numbers as people write them', () => {
    for (const phone of ['0912345678', '0912 345 678', '0912.345.678', '+84 912 345 678', '84912345678'])
      expect(looksLikePhone(phone)).toBe(true);
    for (const phone of ['', '912345678', '09123', 'abc', '0912345678901']) expect(looksLikePhone(phone)).toBe(false);
  });

  it('names each missing field by the path the market would name', () => {
    expect(findMistakes(emptyDraft)).toEqual({
      'customer.name': 'errorName',
      'customer.phone': 'errorPhone',
      'shipTo.communeCode': 'errorCommune',
      'shipTo.street': 'errorStreet',
    });
    expect(findMistakes(filled)).toEqual({});
    expect(findMistakes({ ...filled, delivery: 'locker', wantsInvoice: true })).toEqual({
      lockerId: 'errorLocker',
      'invoice.name': 'errorInvoiceName',
      'invoice.email': 'errorInvoiceEmail',
    });
    expect(findMistakes({ ...emptyDraft, name: 'A', phone: '0912345678', delivery: 'pickup' })).toEqual({});
  });

  it('asks for what was filled in and nothing else', () => {
    const basket = [{ sku: 'VAI-5KG', quantity: 2, campaign: 'megalive', channel: 'facebook' }];
    expect(orderBody(filled, basket, { expectedTotal: 250_000 })).toEqual({
      lines: [{ sku: 'VAI-5KG', quantity: 2 }],
      customer: { name: 'Nguyễn Thị Mận', phone: '0912 345 678' },
      shipTo: { provinceCode: '24', communeCode: '07525', street: 'Số 12' },
      delivery: 'home',
      payment: 'cod',
      campaign: 'megalive',
      channel: 'facebook',
      expectedTotal: 250_000,
    });
    expect(orderBody({ ...filled, delivery: 'pickup' }, basket, { isCampaignOver: true })).toEqual({
      lines: [{ sku: 'VAI-5KG', quantity: 2 }],
      customer: { name: 'Nguyễn Thị Mận', phone: '0912 345 678' },
      delivery: 'pickup',
      payment: 'cod',
    });
  });
});
