import { createHmac, timingSafeEqual } from 'node:crypto';
import { statusAt } from '../../shared/orders/lifecycle.ts';
import { SepayNotification } from '../../shared/payments/contract.ts';
import { packageInContent } from '../../shared/payments/vietqr.ts';
import { Problem } from '../../shared/platform/problem.ts';
import { confirmPaid } from '../orders/confirm-paid.ts';
import { findPackages, type StoredPackage } from '../orders/find-packages.ts';
import { log } from '../platform/log.ts';
import { refused } from '../platform/problems.ts';
import { jitter } from '../platform/retry.ts';
import { filePayment, fileUnmatched, readPayment, type StoredPayment, type Unmatched } from './store.ts';

/** A message older than this may be an eavesdropper's replay. */
const maxAgeSeconds = 300;

const invalidSignature = () =>
  new Problem('invalid_signature', { vi: 'Chữ ký không đúng hoặc đã quá hạn.', en: 'The signature is wrong or too old.' });

/**
 * HMAC-SHA256 over `timestamp.rawBody`, compared in constant time, before a single field is read.
 * @throws Problem invalid_signature
 */
export function verifySepay(
  raw: Uint8Array,
  signature: string | undefined,
  timestamp: string | undefined,
  secret: string,
  now: Date,
): void {
  const seconds = /^\d{1,12}$/.test(timestamp ?? '') ? Number(timestamp) : Number.NaN;
  const expected = createHmac('sha256', secret).update(`${timestamp}.`).update(raw).digest();
  const given = Buffer.from(/^sha256=([0-9a-f]{64})$/i.exec(signature ?? '')?.[1] ?? '', 'hex');
  const isSame = given.length === expected.length && timingSafeEqual(given, expected);
  if (!isSame || !(Math.abs(now.getTime() / 1000 - seconds) <= maxAgeSeconds)) throw invalidSignature();
}

function read(raw: Uint8Array): SepayNotification {
  let json: unknown;
  try {
    // Money is never turned away for a character of its text.
    json = JSON.parse(Buffer.from(raw).toString('utf8'), (_name, value: unknown) =>
      typeof value === 'string' ? value.toWellFormed() : value,
    );
  } catch {
    throw new Problem('malformed_json', { vi: 'Không đọc được nội dung JSON.', en: 'The body is not well-formed JSON.' });
  }
  const parsed = SepayNotification.safeParse(json);
  if (!parsed.success) throw refused(parsed.error);
  return parsed.data;
}

function misfit(pkg: StoredPackage | undefined, payment: StoredPayment, now: Date): Unmatched | undefined {
  if (pkg?.payment !== 'bank_transfer') return 'unknown';
  if (pkg.bank?.accountNumber !== payment.accountNumber) return 'wrong_account';
  if (['paid', 'refund_due', 'refunded'].includes(pkg.paymentStatus)) return 'already_paid';
  if (statusAt(pkg, now) !== 'pending_payment') return 'late';
  if (payment.amount < pkg.total) return 'too_little';
  return payment.amount > pkg.total ? 'too_much' : undefined;
}

/**
 * A bank transfer has arrived. It confirms exactly the package it names when account, amount and time fit; any other money is
 * kept as unmatched for a person. The same message again changes nothing.
 */
export async function takeTransfer(raw: Uint8Array, now: Date): Promise<void> {
  const said = read(raw);
  if (said.transferType === 'out') return;
  const content = said.content ?? '';
  const payment: StoredPayment = {
    id: `sepay#${said.id}`,
    provider: 'sepay',
    receivedAt: now.toISOString(),
    amount: said.transferAmount,
    accountNumber: said.accountNumber,
    content,
    referenceCode: said.referenceCode ?? undefined,
  };
  const named = packageInContent(`${content} ${said.code ?? ''}`);
  for (let attempt = 1; attempt <= 8; attempt++) {
    if (await readPayment(payment.id)) return;
    const pkg = named && (await findPackages(named.code)).find((p) => p.n === named.n);
    const reason = misfit(pkg, payment, now);
    if (!pkg || reason) {
      await fileUnmatched({ ...payment, packageId: pkg?.id, reason: reason ?? 'unknown' });
      log.warn('payment not matched', { payment: payment.id, reason });
      return;
    }
    if (await confirmPaid(pkg, filePayment({ ...payment, packageId: pkg.id }), payment.id, now)) return;
    await jitter(attempt);
  }
  // Not answered 200: SePay sends it again.
  throw new Error(`payment ${payment.id} could not be decided`);
}
