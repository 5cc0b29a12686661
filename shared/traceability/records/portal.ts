import { isDemonstrationGtin } from '../gtin.ts';

/*
 * What the law wants to know of goods that are traced (Circular 31/2026/TT-BCT, Art. 6; Decree 37/2026/NĐ-CP, Art. 23: codes by TCVN
 * 13274, carriers by TCVN 13275), from what the market knows of a lot. Nothing is made up: what is not known is missing, and says so.
 */

export const portalKeys = [
  'productName',
  'origin',
  'picture',
  'unitName',
  'unitAddress',
  'productCode',
  'locationCode',
  'lot',
  'keyEvents',
  'standards',
  'useBy',
  'brand',
] as const;
export type PortalKey = (typeof portalKeys)[number];

export interface PortalField {
  key: PortalKey;
  label: string;
  isMandatory: boolean;
  /** Empty: not known. */
  values: string[];
  /** Why what is known does not do, or what the seller can add. */
  note?: string;
}

export interface PortalLot {
  gtin: string;
  lot: string;
  productName: string;
  useBy?: string | undefined;
  plantingAreaCode?: string | undefined;
  certificates: readonly { kind: string; number: string; validUntil?: string | undefined }[];
  /** Addresses of photos of the lot; a drawing of the product shows nothing of it. */
  pictures: readonly string[];
  seller?: { name: string; address: string } | undefined;
  /** In order of time. */
  keyEvents: readonly { at: string; text: string }[];
}

const labels: Record<PortalKey, string> = {
  productName: 'Tên sản phẩm',
  origin: 'Nơi sản xuất, xuất xứ',
  picture: 'Hình ảnh sản phẩm',
  unitName: 'Tên đơn vị sản xuất, kinh doanh',
  unitAddress: 'Địa chỉ đơn vị',
  productCode: 'Mã sản phẩm (GTIN)',
  locationCode: 'Mã địa điểm (GLN hoặc mã số vùng trồng)',
  lot: 'Số lô',
  keyEvents: 'Sự kiện theo dõi trọng yếu và thời gian',
  standards: 'Tiêu chuẩn, chứng nhận áp dụng',
  useBy: 'Hạn sử dụng',
  brand: 'Thương hiệu, nhãn hiệu',
};

/** The circular says "if any" of these. */
const ifAny: ReadonlySet<PortalKey> = new Set(['useBy', 'brand']);

const known = (value: string | undefined): string[] => (value === undefined || value === '' ? [] : [value]);

/** The fields in the circular's order. @param today `YYYY-MM-DD` in Việt Nam */
export function portalFields(lot: PortalLot, today: string): PortalField[] {
  const { seller, plantingAreaCode: area } = lot;
  const valid = lot.certificates.filter(({ validUntil }) => validUntil === undefined || validUntil >= today);
  const isDemonstration = isDemonstrationGtin(lot.gtin);
  const values: Record<PortalKey, string[]> = {
    productName: known(lot.productName),
    origin: known(seller && (area ? `${seller.address}; vùng trồng ${area}` : seller.address)),
    picture: [...lot.pictures],
    unitName: known(seller?.name),
    unitAddress: known(seller?.address),
    // A number for demonstration is nobody's: sent to a portal, it would name goods of someone else one day.
    productCode: isDemonstration ? [] : [lot.gtin],
    locationCode: known(area),
    lot: [lot.lot],
    keyEvents: lot.keyEvents.map(({ at, text }) => `${at} ${text}`),
    standards: valid.map(({ kind, number }) => `${kind} ${number}`),
    useBy: known(lot.useBy),
    // The catalogue has no brands; a stall's name is none.
    brand: [],
  };
  const notes: Partial<Record<PortalKey, string>> = {
    ...(isDemonstration ? { productCode: 'Số GTIN của lô là số thử nghiệm, chưa đăng ký với GS1 Việt Nam.' } : {}),
    ...(lot.pictures.length === 0 ? { picture: 'Thêm ảnh chụp của lô; hình vẽ minh họa của chợ không tính.' } : {}),
    ...(area ? {} : { locationCode: 'Ghi mã số vùng trồng khi lập lô; đồ thủ công cần mã GLN của cơ sở.' }),
    ...(valid.length === 0 && lot.certificates.length > 0 ? { standards: 'Các giấy chứng nhận của lô đã hết hạn.' } : {}),
  };
  return portalKeys.map((key) => {
    const note = notes[key];
    return { key, label: labels[key], isMandatory: !ifAny.has(key), values: values[key], ...(note ? { note } : {}) };
  });
}

/** Mandatory fields of which nothing is known. */
export const missingFields = (fields: readonly PortalField[]): PortalField[] =>
  fields.filter(({ isMandatory, values }) => isMandatory && values.length === 0);

/** The trace code of Decree 37/2026/NĐ-CP: product, place and lot; undefined while one of them is missing. */
export function traceCode(fields: readonly PortalField[]): string | undefined {
  const parts = (['productCode', 'locationCode', 'lot'] as const).map((key) => fields.find((field) => field.key === key)?.values[0]);
  return parts.every((part) => part !== undefined) ? parts.join('+') : undefined;
}
