import type { SeedSeller } from '../types.ts';

export const companies: readonly SeedSeller[] = [
  {
    slug: 'cty-snack-tu-lan',
    name: 'Công ty Hạt Gạo Giòn (minh hoạ)',
    legalType: 'company',
    communeCode: '07774',
    street: 'Khu Việt Tiến',
    phone: '0900000141',
    taxCode: '0000000225',
    story:
      'Hạt gạo quê không chỉ để nấu cơm, chúng tôi nghĩ vậy khi làm gói snack đầu tiên. Xưởng nhỏ, người trẻ, và rất nhiều lần thử mới ra vị cay ngọt này.',
    bank: { bin: '970422', accountNumber: '970422000000141', accountName: 'CONG TY HAT GAO GION MINH HOA' },
    verified: true,
  },
  {
    slug: 'cty-bep-tien-du',
    name: 'Công ty Bếp Quan Họ (minh hoạ)',
    legalType: 'company',
    communeCode: '09319',
    street: 'Khu Lim',
    phone: '0900000142',
    taxCode: '0000000232',
    story:
      'Món mắm chưng trong mâm cơm ngày hội Lim được chúng tôi cho vào hũ, để người xa quê mở ra là thấy nhà. Lửa nhỏ, chưng lâu, không vội được.',
    bank: { bin: '970407', accountNumber: '970407000000142', accountName: 'CONG TY BEP QUAN HO MINH HOA' },
    verified: true,
  },
  {
    slug: 'cty-nam-duoc-dong-phu',
    name: 'Công ty Nấm Dược Đông Phú (minh hoạ)',
    legalType: 'company',
    communeCode: '07450',
    street: 'Khu Đông Hưng',
    phone: '0900000143',
    taxCode: '0000000257',
    story:
      'Mỗi lọ nấm lớn lên trong yên tĩnh, đủ sáng, đủ mát, đủ ngày. Chúng tôi là những người trẻ về quê làm nông bằng nhiệt kế và sổ ghi chép.',
    bank: { bin: '970416', accountNumber: '970416000000143', accountName: 'CONG TY NAM DUOC DONG PHU MINH HOA' },
    verified: true,
  },
  {
    slug: 'cty-xo-muop-ninh-xa',
    name: 'Công ty Giàn Mướp Xanh (minh hoạ)',
    legalType: 'company',
    communeCode: '09445',
    street: 'Khu Nguyệt Đức',
    phone: '0900000144',
    taxCode: '0000000264',
    story: 'Quả mướp già tưởng bỏ đi lại thành chiếc bông tắm êm tay. Chúng tôi thu mua xơ mướp của bà con và may từng chiếc ở xưởng làng.',
    bank: { bin: '970436', accountNumber: '970436000000144', accountName: 'CONG TY GIAN MUOP XANH MINH HOA' },
    verified: true,
  },
];
