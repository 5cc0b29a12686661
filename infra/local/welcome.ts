import type { Role } from '../../shared/platform/contract.ts';
import { bytesTooMany } from '../../shared/traceability/digital-link.ts';
import { partnerSettings, type Settings } from './settings.ts';

interface Demo {
  accounts: readonly { username: string; role: Role }[];
  password: string;
}

const roleNames: Record<Role, string> = {
  shopper: 'người mua / shopper',
  seller: 'người bán / seller',
  department: 'Sở Công Thương / department',
  admin: 'quản trị / admin',
};

/** What `npm start` says once the market is open: where it is, who can sign in, what to try first, and what is not connected. */
export function welcome(settings: Settings, demo: Demo | undefined, milliseconds: number): string {
  const { PORT, PUBLIC_ORIGIN, DATA_DIR } = settings;
  const here = `http://localhost:${PORT}`;
  const origin = PUBLIC_ORIGIN === here ? [] : [`  Liên kết và mã QR mang địa chỉ / links and QR codes carry: ${PUBLIC_ORIGIN}`];
  const tooLong = bytesTooMany(PUBLIC_ORIGIN);
  const labels =
    tooLong === 0
      ? []
      : [
          `  PUBLIC_ORIGIN dài quá ${tooLong} ký tự nên không in được tem mã QR. [PUBLIC_ORIGIN is ${tooLong} characters too long to print QR labels.]`,
        ];
  const accounts = demo
    ? [
        `Tài khoản minh hoạ, mật khẩu / demo accounts, password: ${demo.password}`,
        ...demo.accounts.map(({ username, role }) => `  ${username.padEnd(24)}${roleNames[role]}`),
      ]
    : [
        'Chợ trống, không có tài khoản minh hoạ. [An empty market without demo accounts: SEED=none, or DATA_DIR already held something else.]',
      ];
  return [
    '',
    `Chợ Kinh Bắc đã mở cửa sau ${(milliseconds / 1000).toFixed(1)} s [open]: ${here}`,
    ...origin,
    ...labels,
    `  Dữ liệu / data: ${DATA_DIR}`,
    '',
    ...accounts,
    '',
    'Thử trước / try first:',
    `  ${here}/                               mở chợ, tìm "vai thieu", đặt một thùng / find lychees and order`,
    `  ${here}/api/products?q=vai%20thieu     danh sách hàng (API)`,
    `  ${here}/api/docs                       tài liệu API / the contract`,
    '',
    'Đối tác / partners:',
    ...partnerSettings.map((name) => `  ${name}=${settings.given.has(name) ? '(đã đặt từ môi trường / set by you)' : settings[name]}`),
    `  PAYMENT_WINDOW_SECONDS=${settings.PAYMENT_WINDOW_SECONDS}`,
    '  Stripe và VNPay chưa nối: các giá trị trên chưa được dùng. [Stripe and VNPay are not connected yet; their values above are not used.]',
    '  COD và VietQR chạy được; tin báo của SePay phải ký bằng SEPAY_WEBHOOK_SECRET. [COD and VietQR work; sign SePay messages with that secret.]',
    '',
    'Ctrl-C để đóng chợ. [Ctrl-C to stop.]',
  ].join('\n');
}
