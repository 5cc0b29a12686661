/** A second, independent reading of EMVCo's merchant QR format, to judge the codes the market draws. */

/** CRC-16/CCITT-FALSE bit by bit: polynomial 0x1021, start 0xFFFF, nothing reflected. */
export function crc16(text: string): string {
  let crc = 0xffff;
  for (const byte of new TextEncoder().encode(text)) {
    for (let bit = 7; bit >= 0; bit--) {
      const isSet = ((byte >> bit) & 1) !== crc >> 15;
      crc = (crc << 1) & 0xffff;
      if (isSet) crc ^= 0x1021;
    }
  }
  return crc.toString(16).toUpperCase().padStart(4, '0');
}

/** `00020101…` → [['00', '01'], …]; two digits name, two digits length, then the value. */
export function fields(text: string): [string, string][] {
  const found: [string, string][] = [];
  for (let at = 0; at < text.length; ) {
    const header = /^\d{4}$/.exec(text.slice(at, at + 4))?.[0];
    if (!header) throw new Error(`no field at ${at}: ${text.slice(at)}`);
    const value = text.slice(at + 4, at + 4 + Number(header.slice(2)));
    if (value.length !== Number(header.slice(2))) throw new Error(`field ${header} is cut short`);
    found.push([header.slice(0, 2), value]);
    at += 4 + value.length;
  }
  return found;
}

export function decodeVietQr(payload: string) {
  const top = new Map(fields(payload));
  const crc = top.get('63');
  if (crc !== crc16(payload.slice(0, -4))) throw new Error(`CRC ${crc} is not ${crc16(payload.slice(0, -4))}`);
  if (top.get('00') !== '01') throw new Error('payload format indicator');
  const merchant = new Map(fields(top.get('38') ?? ''));
  if (merchant.get('00') !== 'A000000727') throw new Error('not NAPAS');
  const bank = new Map(fields(merchant.get('01') ?? ''));
  return {
    method: top.get('01'),
    bin: bank.get('00'),
    accountNumber: bank.get('01'),
    service: merchant.get('02'),
    currency: top.get('53'),
    amount: Number(top.get('54')),
    country: top.get('58'),
    content: new Map(fields(top.get('62') ?? '')).get('08'),
  };
}
