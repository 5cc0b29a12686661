/**
 * The shelves of the market, and the OCOP classification as reference data.
 * A shelf is where a shopper looks; the OCOP set is what the certificate says. They are kept apart, because the law changes the second.
 */
export interface Category {
  slug: string;
  name: { vi: string; en: string; zh: string };
  /** Name of the picture family drawn on the category's tile. */
  picture: string;
}

export const categories = [
  { slug: 'trai-cay', name: { vi: 'Trái cây', en: 'Fruit', zh: '水果' }, picture: 'lychee' },
  {
    slug: 'rau-cu-gao',
    name: { vi: 'Rau củ, gạo & gia vị', en: 'Vegetables, rice & spices', zh: '蔬菜、大米与调味料' },
    picture: 'carrot',
  },
  { slug: 'my-bun-banh', name: { vi: 'Mỳ, bún & bánh', en: 'Noodles & cakes', zh: '米粉、米线与糕点' }, picture: 'noodles' },
  { slug: 'thit-gio-nem', name: { vi: 'Thịt, giò & nem', en: 'Meat, ham & spring rolls', zh: '肉类、扎肉与酸肉' }, picture: 'ham' },
  { slug: 'mat-ong-tra', name: { vi: 'Mật ong, chè & trà', en: 'Honey & tea', zh: '蜂蜜与茶' }, picture: 'honey' },
  { slug: 'ruou-do-uong', name: { vi: 'Rượu & đồ uống', en: 'Rice wine & drinks', zh: '米酒与饮料' }, picture: 'rice-wine' },
  { slug: 'duoc-lieu', name: { vi: 'Dược liệu', en: 'Medicinal plants', zh: '药材' }, picture: 'ginseng' },
  { slug: 'gom', name: { vi: 'Gốm Phù Lãng', en: 'Phù Lãng pottery', zh: '扶朗陶器' }, picture: 'pottery' },
  { slug: 'tranh', name: { vi: 'Tranh Đông Hồ', en: 'Đông Hồ prints', zh: '东湖版画' }, picture: 'dong-ho-print' },
  { slug: 'go-dong', name: { vi: 'Đồ gỗ & đồng', en: 'Wood & bronze', zh: '木雕与铜器' }, picture: 'bronze' },
  { slug: 'may-tre-to-lua', name: { vi: 'Mây tre & tơ lụa', en: 'Rattan, bamboo & silk', zh: '藤竹与丝绸' }, picture: 'rattan-basket' },
] as const satisfies readonly Category[];

export type CategorySlug = (typeof categories)[number]['slug'];

/**
 * The six sectors (ngành) and 26 product sets (bộ sản phẩm) of Decision 26/2026/QĐ-TTg of 22 May 2026,
 * https://vanban.chinhphu.vn/?classid=1&docid=218267. Names are shortened; the signed text was not read, so check before quoting it officially.
 * Tea and coffee belong to food, not to drinks.
 */
export const ocopSectors = [
  { number: 1, name: 'Thực phẩm' },
  { number: 2, name: 'Đồ uống' },
  { number: 3, name: 'Dược liệu' },
  { number: 4, name: 'Thủ công mỹ nghệ' },
  { number: 5, name: 'Sinh vật cảnh' },
  { number: 6, name: 'Du lịch' },
] as const;

export type OcopSectorNumber = (typeof ocopSectors)[number]['number'];

export const ocopSets: readonly { number: number; sector: OcopSectorNumber; name: string }[] = [
  { number: 1, sector: 1, name: 'Rau, củ, quả, hạt tươi' },
  { number: 2, sector: 1, name: 'Thịt, thủy sản, trứng, sữa tươi' },
  { number: 3, sector: 1, name: 'Gạo, ngũ cốc, hạt sơ chế khác' },
  { number: 4, sector: 1, name: 'Mật ong, mật khác và nông sản thực phẩm khác' },
  { number: 5, sector: 1, name: 'Đồ ăn nhanh' },
  { number: 6, sector: 1, name: 'Chế biến từ gạo, ngũ cốc' },
  { number: 7, sector: 1, name: 'Chế biến từ rau, củ, quả, hạt' },
  { number: 8, sector: 1, name: 'Chế biến từ thịt, thủy sản, trứng, sữa, mật ong' },
  { number: 9, sector: 1, name: 'Tương, nước mắm, gia vị dạng lỏng khác' },
  { number: 10, sector: 1, name: 'Gia vị khác (muối, hành, tỏi, tiêu)' },
  { number: 11, sector: 1, name: 'Chè tươi, chè chế biến' },
  { number: 12, sector: 1, name: 'Sản phẩm trà từ thực vật khác' },
  { number: 13, sector: 1, name: 'Cà phê, cacao' },
  { number: 14, sector: 2, name: 'Rượu trắng' },
  { number: 15, sector: 2, name: 'Đồ uống có cồn khác' },
  { number: 16, sector: 2, name: 'Nước khoáng, nước đóng chai' },
  { number: 17, sector: 2, name: 'Đồ uống không cồn khác' },
  { number: 18, sector: 3, name: 'Thực phẩm chức năng, thuốc dược liệu, thuốc cổ truyền' },
  { number: 19, sector: 3, name: 'Mỹ phẩm có thành phần từ dược liệu' },
  { number: 20, sector: 3, name: 'Tinh dầu và dược liệu khác' },
  { number: 21, sector: 4, name: 'Thủ công mỹ nghệ gia dụng, trang trí' },
  { number: 22, sector: 4, name: 'Vải, may mặc' },
  { number: 23, sector: 5, name: 'Hoa' },
  { number: 24, sector: 5, name: 'Cây cảnh' },
  { number: 25, sector: 5, name: 'Động vật cảnh' },
  { number: 26, sector: 6, name: 'Dịch vụ du lịch cộng đồng, du lịch sinh thái và điểm du lịch' },
];
