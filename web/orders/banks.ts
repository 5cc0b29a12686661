/** Names of the banks by NAPAS BIN, as far as our sellers use them; an unknown one is shown by its number. */
const banks: Readonly<Record<string, string>> = {
  '970405': 'Agribank',
  '970407': 'Techcombank',
  '970415': 'VietinBank',
  '970416': 'ACB',
  '970418': 'BIDV',
  '970422': 'MB',
  '970423': 'TPBank',
  '970432': 'VPBank',
  '970436': 'Vietcombank',
};

export const bankName = (bin: string): string => banks[bin] ?? bin;
