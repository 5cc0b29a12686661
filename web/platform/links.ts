/** Every address inside the site, written once. */
export const links = {
  home: '/',
  search: '/tim/',
  category: (slug: string) => `/danh-muc/${slug}/`,
  product: (slug: string) => `/san-pham/${slug}/`,
  seller: (slug: string) => `/nha-ban/${slug}/`,
  campaign: (slug: string) => `/phat-truc-tiep/${slug}/`,
  basket: '/gio-hang/',
  checkout: '/thanh-toan/',
  order: '/don-hang/',
  signIn: '/dang-nhap/',
  sell: '/ban-hang/',
  department: '/so-cong-thuong/',
  recalls: '/so-cong-thuong/thu-hoi/',
  doubts: '/so-cong-thuong/nghi-ngo/',
  trace: '/truy-xuat/',
  about: '/gioi-thieu/',
  terms: '/dieu-khoan/',
  privacy: '/bao-mat/',
  rules: '/quy-che/',
  apiDocs: '/api/docs',
} as const;

/** A shopper who comes from a campaign carries it along: `/san-pham/x/?chien-dich=y`. */
export const campaignParameter = 'chien-dich';
