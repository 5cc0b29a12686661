import { type PortalField, type PortalKey, traceCode } from '../../../shared/traceability/records/portal.ts';

/** A lot as a portal would be told of it. */
export interface PortalRecord {
  fields: readonly PortalField[];
  missing: readonly PortalKey[];
  traceCode?: string;
}

export type PortalAnswer = { connected: false; text: string } | { connected: true; text: string; reference: string; at: string };

/** A state system that takes traced goods. The Ministry's and the national portal speak a protocol that is published to declared systems. */
export interface NationalPortal {
  name: string;
  address: string;
  /** Offers a lot; the answer says whether anybody took it. */
  offer(record: PortalRecord): Promise<PortalAnswer>;
}

/**
 * The system of the Ministry of Industry and Trade (Circular 31/2026/TT-BCT, Art. 10). The market has no access to it: that is given to
 * systems declared conformant (Decree 37/2026/NĐ-CP, Art. 23). Until then nothing is sent, and every answer says so.
 */
export const verigoods: NationalPortal = {
  name: 'Hệ thống truy xuất nguồn gốc của Bộ Công Thương (verigoods.vn)',
  address: 'https://verigoods.vn',
  offer: async ({ missing }) => ({
    connected: false,
    text: `Chợ chưa kết nối với hệ thống truy xuất của Bộ Công Thương và cổng quốc gia (truyxuatnguongoc.gov.vn), nên chưa gửi gì về lô này. ${
      missing.length === 0
        ? 'Hồ sơ của lô đã đủ các mục bắt buộc, sẵn sàng gửi khi kết nối.'
        : `Hồ sơ của lô còn thiếu ${missing.length} mục bắt buộc.`
    }`,
  }),
};

export const recordFor = (fields: readonly PortalField[], missing: readonly PortalField[]): PortalRecord => {
  const code = traceCode(fields);
  return { fields, missing: missing.map(({ key }) => key), ...(code === undefined ? {} : { traceCode: code }) };
};
