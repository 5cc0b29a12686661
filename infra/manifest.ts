import { contracts } from '../shared/contracts.ts';
import type { Contract, Route } from '../shared/platform/contract.ts';

/**
 * Every function of the market, once: the local runner (`infra/local`) and the cloud stack (`infra/aws`) both read this list,
 * so neither can drift. It knows only names, entries, routes and permissions.
 */
export interface FunctionSpec {
  /** `<context>` for HTTP, `<context>-<verb-noun>` for events; also the Lambda's name. */
  name: string;
  entry: string;
  trigger: HttpTrigger | StreamTrigger | ScheduleTrigger;
  tables: Partial<Record<TableName, Access>>;
  /** Names of secrets it may read, and nothing else. */
  secrets?: readonly SecretName[];
  /** Plain settings it needs besides the tables and the public origin. */
  settings?: readonly SettingName[];
  /** Calls Cognito's user pool to sign people in. */
  signsIn?: true;
  /** What a failure of it means, when a single one must wake a person. */
  alarm?: string;
  memoryMb: number;
  timeoutSeconds: number;
}

export interface HttpTrigger {
  kind: 'http';
  routes: readonly { method: Route['method'] | 'HEAD'; path: string }[];
  /** Takes whatever no other route does (404 and 405 as problem documents). */
  isDefault?: true;
}

export interface StreamTrigger {
  kind: 'stream';
  table: TableName;
  /** Only records whose sort key begins with one of these wake the function. */
  sortKeyPrefixes: readonly string[];
  /** And only those whose item is in one of these states then; absent: in any, and those of deleted items. */
  statuses?: readonly string[];
  batchSize: number;
}

export interface ScheduleTrigger {
  kind: 'schedule';
  everySeconds: number;
}

export type TableName = 'commerce' | 'traceability' | 'reporting';
/** `scan` reads a table from one end to the other and nothing else, for recounts. */
export type Access = 'read' | 'write' | 'scan';
export type SecretName = 'SEPAY_WEBHOOK_SECRET' | 'STRIPE_SECRET_KEY' | 'STRIPE_WEBHOOK_SECRET' | 'VNPAY_HASH_SECRET';
export type SettingName = 'GTIN_PREFIX' | 'PAYMENT_WINDOW_SECONDS';

/** All tables have keys `pk`, `sk` and the sparse indexes listed (`<index>pk`, `<index>sk`), a TTL on `expiresAtSeconds` and a stream. */
export const tables: Record<TableName, { indexes: readonly string[] }> = {
  commerce: { indexes: ['gsi1', 'gsi2'] },
  traceability: { indexes: ['gsi1'] },
  reporting: { indexes: [] },
};

const http = (contract: Contract): HttpTrigger => ({
  kind: 'http',
  routes: Object.values(contract).flatMap(({ method, path }) =>
    (method === 'GET' ? (['GET', 'HEAD'] as const) : [method]).map((m) => ({ method: m, path })),
  ),
});

export const functions: readonly FunctionSpec[] = [
  {
    name: 'accounts',
    entry: 'functions/accounts/http.ts',
    trigger: http(contracts.accounts),
    tables: { commerce: 'write' },
    signsIn: true,
    memoryMb: 512,
    timeoutSeconds: 10,
  },
  {
    name: 'catalog',
    entry: 'functions/catalog/http.ts',
    trigger: http(contracts.catalog),
    tables: { commerce: 'write' },
    memoryMb: 1024,
    timeoutSeconds: 10,
  },
  {
    name: 'sellers',
    entry: 'functions/sellers/http.ts',
    trigger: http(contracts.sellers),
    tables: { commerce: 'read' },
    memoryMb: 512,
    timeoutSeconds: 10,
  },
  {
    name: 'orders',
    entry: 'functions/orders/http.ts',
    trigger: http(contracts.orders),
    tables: { commerce: 'write', traceability: 'read' },
    settings: ['PAYMENT_WINDOW_SECONDS'],
    memoryMb: 1024,
    timeoutSeconds: 15,
  },
  {
    name: 'orders-expire-packages',
    entry: 'functions/orders/expire-packages.ts',
    trigger: { kind: 'schedule', everySeconds: 60 },
    tables: { commerce: 'write' },
    memoryMb: 512,
    timeoutSeconds: 60,
  },
  {
    name: 'payments',
    entry: 'functions/payments/http.ts',
    trigger: http(contracts.payments),
    tables: { commerce: 'write' },
    secrets: ['SEPAY_WEBHOOK_SECRET'],
    memoryMb: 512,
    timeoutSeconds: 15,
  },
  {
    name: 'shipping',
    entry: 'functions/shipping/http.ts',
    trigger: http(contracts.shipping),
    tables: {},
    memoryMb: 512,
    timeoutSeconds: 5,
  },
  {
    name: 'campaigns',
    entry: 'functions/campaigns/http.ts',
    trigger: http(contracts.campaigns),
    tables: { commerce: 'write', reporting: 'read' },
    memoryMb: 512,
    timeoutSeconds: 10,
  },
  {
    name: 'campaigns-turn-pages',
    entry: 'functions/campaigns/turn-pages.ts',
    trigger: { kind: 'schedule', everySeconds: 60 },
    tables: { commerce: 'write' },
    memoryMb: 512,
    timeoutSeconds: 60,
  },
  {
    name: 'traceability',
    entry: 'functions/traceability/http.ts',
    trigger: http(contracts.traceability),
    tables: { commerce: 'read', traceability: 'write' },
    settings: ['GTIN_PREFIX'],
    memoryMb: 1024,
    timeoutSeconds: 29,
  },
  {
    name: 'epcis',
    entry: 'functions/traceability/epcis/http.ts',
    trigger: http(contracts.epcis),
    tables: { commerce: 'read', traceability: 'write' },
    memoryMb: 1024,
    timeoutSeconds: 29,
  },
  {
    name: 'traceability-finish-recalls',
    entry: 'functions/traceability/recalls/finish-recalls.ts',
    trigger: { kind: 'schedule', everySeconds: 60 },
    tables: { traceability: 'write' },
    memoryMb: 512,
    timeoutSeconds: 300,
  },
  {
    name: 'traceability-finish-captures',
    entry: 'functions/traceability/epcis/finish-captures.ts',
    trigger: { kind: 'schedule', everySeconds: 60 },
    tables: { traceability: 'write' },
    memoryMb: 1024,
    timeoutSeconds: 300,
  },
  {
    name: 'traceability-on-package',
    entry: 'functions/traceability/market-events/on-package.ts',
    trigger: {
      kind: 'stream',
      table: 'commerce',
      sortKeyPrefixes: ['PACKAGE#'],
      // A rush of orders wakes nobody here: there is nothing to tell before a package is packed.
      statuses: ['packed', 'shipped', 'delivered', 'returned'],
      batchSize: 100,
    },
    tables: { commerce: 'read', traceability: 'write' },
    memoryMb: 512,
    timeoutSeconds: 60,
  },
  {
    name: 'traceability-on-lot',
    entry: 'functions/traceability/market-events/on-lot.ts',
    trigger: {
      kind: 'stream',
      table: 'traceability',
      sortKeyPrefixes: ['LOT', 'BATCH#', 'RECALL#', 'BOXES#', 'READING#'],
      batchSize: 100,
    },
    tables: { commerce: 'write', traceability: 'write' },
    memoryMb: 1024,
    timeoutSeconds: 60,
  },
  {
    name: 'traceability-close-day',
    entry: 'functions/traceability/records/close-day.ts',
    trigger: { kind: 'schedule', everySeconds: 3_600 },
    tables: { traceability: 'write' },
    memoryMb: 1024,
    timeoutSeconds: 900,
  },
  {
    name: 'traceability-forget',
    entry: 'functions/traceability/records/forget.ts',
    trigger: { kind: 'schedule', everySeconds: 86_400 },
    tables: { traceability: 'write' },
    memoryMb: 1024,
    timeoutSeconds: 900,
  },
  {
    name: 'traceability-verify-chain',
    entry: 'functions/traceability/records/verify-chain.ts',
    trigger: { kind: 'schedule', everySeconds: 86_400 },
    tables: { traceability: 'scan' },
    alarm:
      'Events do not agree with the hash chain over them: some were changed, taken away or put in by another hand. The log names each with its day; `npm run verify-chain` shows them again.',
    memoryMb: 2048,
    timeoutSeconds: 900,
  },
  {
    name: 'reports',
    entry: 'functions/reports/http.ts',
    trigger: http(contracts.reports),
    tables: { commerce: 'read', reporting: 'read' },
    memoryMb: 1024,
    timeoutSeconds: 29,
  },
  {
    name: 'reports-on-order',
    entry: 'functions/reports/on-order.ts',
    trigger: { kind: 'stream', table: 'commerce', sortKeyPrefixes: ['PACKAGE#'], batchSize: 150 },
    tables: { commerce: 'read', reporting: 'write' },
    memoryMb: 512,
    timeoutSeconds: 60,
  },
  {
    name: 'reports-audit',
    entry: 'functions/reports/audit.ts',
    trigger: { kind: 'schedule', everySeconds: 86_400 },
    tables: { commerce: 'scan', reporting: 'scan' },
    alarm:
      'The books disagree: stock, packages, ledger or reports tell different things. The log names each difference; `npm run audit` shows them again.',
    memoryMb: 2048,
    timeoutSeconds: 900,
  },
  {
    name: 'platform',
    entry: 'functions/platform/http.ts',
    trigger: { ...http(contracts.platform), isDefault: true },
    tables: { commerce: 'read', traceability: 'read', reporting: 'read' },
    memoryMb: 512,
    timeoutSeconds: 10,
  },
];
