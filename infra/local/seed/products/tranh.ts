import type { SeedProduct } from '../types.ts';

export const tranh: readonly SeedProduct[] = [
  {
    slug: 'tranh-dong-ho-dam-cuoi-chuot',
    name: 'Tranh dân gian Đông Hồ “Đám cưới chuột”',
    description:
      'Cả họ nhà chuột rước dâu, vẫn phải mang lễ biếu mèo – chuyện xưa kể bằng bản khắc gỗ. In tay từng màu trên giấy dó quét điệp, màu lấy từ than lá tre, gỗ vang, hoa hoè.',
    sellerSlug: 'ho-giay-diep-dong-ho',
    category: 'tranh',
    ocopSet: 21,
    shippingClass: 'fragile',
    picture: 'dong-ho-print',
    traceable: true,
    storage: 'Để phẳng, tránh ẩm và nắng gắt.',
    variants: [
      {
        sku: 'TDH-DCC-26X37',
        name: 'Bức 26 × 37 cm, không khung',
        gtin: '08938500000546',
        priceDong: 60_000,
        unit: 'bức',
        netWeightGrams: 50,
        stock: 300,
        wholesale: [{ minQuantity: 20, priceDong: 52_000 }],
      },
      {
        sku: 'TDH-DCC-KHUNG',
        name: 'Bức 26 × 37 cm, khung gỗ',
        gtin: '08938500000553',
        priceDong: 220_000,
        unit: 'bức',
        netWeightGrams: 900,
        stock: 80,
      },
    ],
  },
  {
    slug: 'manh-tranh-tre-dong-ho',
    name: 'Mành tranh tre Đông Hồ',
    description: 'Tích tranh Đông Hồ in trên mành tre vót mỏng, cuộn gọn như một cuốn sách xưa. Treo phòng khách, phòng trà đều ấm cúng.',
    sellerSlug: 'ho-giay-diep-dong-ho',
    category: 'tranh',
    ocopSet: 21,
    ocop: { stars: 3, decisionYear: 2025 },
    shippingClass: 'fragile',
    picture: 'bamboo-blind',
    traceable: false,
    storage: 'Cuộn lại khi không treo, tránh ẩm.',
    variants: [
      { sku: 'MTT-DH-40X60', name: 'Bức 40 × 60 cm', priceDong: 250_000, unit: 'bức', netWeightGrams: 500, stock: 100 },
      { sku: 'MTT-DH-60X90', name: 'Bức 60 × 90 cm', priceDong: 420_000, unit: 'bức', netWeightGrams: 1_000, stock: 60 },
    ],
  },
];
