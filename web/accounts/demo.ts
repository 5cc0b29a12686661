import type { accounts } from '../i18n/vi/accounts.ts';

/** The accounts of a demonstration market (API.md, Session). They are shown only by a build that found demonstration sellers. */
export const demoPassword = 'KinhBac#2026';

type RoleText = Extract<keyof typeof accounts, `demo_${string}`>;
export const demoAccounts: readonly { username: string; text: RoleText }[] = [
  { username: 'htx-lucngan@demo.vn', text: 'demo_seller' },
  { username: 'ho-phulang@demo.vn', text: 'demo_household' },
  { username: 'socongthuong@demo.vn', text: 'demo_department' },
  { username: 'quantri@demo.vn', text: 'demo_admin' },
];
