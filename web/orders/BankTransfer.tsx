/** How to pay one package by bank transfer: the VietQR picture, the same in words to copy, and how long it is held. */
import { useEffect, useState } from 'preact/hooks';
import { translator } from '../i18n/index.ts';
import { order as texts } from '../i18n/vi.ts';
import type { Answer } from '../platform/api.ts';
import { formatCountdown, formatDong } from '../platform/format.ts';
import { Notice } from '../ui/states.tsx';
import { bankName } from './banks.ts';

const t = translator('order', texts);
type Package = Answer<'GET /api/orders/{code}'>['packages'][number];
type VietQr = NonNullable<Package['payment']['vietqr']>;

const quietZone = 4;
const copiedMs = 2_000;

interface Matrix {
  size: number;
  path: string;
}

async function drawQr(payload: string): Promise<Matrix> {
  // Only whoever pays by transfer loads the library (10 KB).
  const { create } = await import('qrcode');
  const { size, data } = create(payload, { errorCorrectionLevel: 'M' }).modules;
  let path = '';
  data.forEach((isDark, i) => {
    if (isDark) path += `M${(i % size) + quietZone} ${Math.floor(i / size) + quietZone}h1v1h-1z`;
  });
  return { size: size + 2 * quietZone, path };
}

function QrPicture({ vietqr }: { vietqr: VietQr }) {
  const [matrix, setMatrix] = useState<Matrix>();
  useEffect(() => {
    void drawQr(vietqr.payload).then(setMatrix);
  }, [vietqr.payload]);
  if (!matrix) return <div class="transfer__qr skeleton skeleton--picture" />;
  return (
    <svg
      class="transfer__qr"
      viewBox={`0 0 ${matrix.size} ${matrix.size}`}
      role="img"
      aria-label={t('qrAlt', { amount: formatDong(vietqr.amount), account: vietqr.accountNumber })}
      shape-rendering="crispEdges"
    >
      <path d={matrix.path} />
    </svg>
  );
}

function CopyRow({ name, value, copied = value }: { name: string; value: string; copied?: string }) {
  const [isDone, setIsDone] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(copied);
    setIsDone(true);
    setTimeout(() => setIsDone(false), copiedMs);
  };
  return (
    <div class="copy-row">
      <dt>{name}</dt>
      <dd>{value}</dd>
      <dd class="copy-row__button no-print">
        <button type="button" class="button button--quiet button--small" aria-label={t('copyNamed', { name })} onClick={() => void copy()}>
          {t(isDone ? 'copied' : 'copy')}
        </button>
      </dd>
    </div>
  );
}

function Countdown({ expiresAt }: { expiresAt: string }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  const seconds = (Date.parse(expiresAt) - now) / 1_000;
  return <strong role="timer">{seconds > 0 ? t('payLeft', { time: formatCountdown(seconds) }) : t('payOver')}</strong>;
}

export function BankTransfer({ pkg }: { pkg: Package }) {
  const { vietqr, expiresAt } = pkg.payment;
  if (!vietqr) return null;
  return (
    <section class="stack">
      <h3>{t('payTitle', { seller: pkg.sellerName })}</h3>
      {expiresAt && (
        <Notice tone="wait">
          <Countdown expiresAt={expiresAt} />
        </Notice>
      )}
      <p>{t('payText')}</p>
      <div class="transfer">
        <QrPicture vietqr={vietqr} />
        <dl>
          <CopyRow name={t('bank')} value={bankName(vietqr.bankBin)} />
          <CopyRow name={t('account')} value={vietqr.accountNumber} />
          <CopyRow name={t('holder')} value={vietqr.accountName} />
          <CopyRow name={t('amount')} value={formatDong(vietqr.amount)} copied={String(vietqr.amount)} />
          <CopyRow name={t('content')} value={vietqr.content} />
        </dl>
      </div>
      <p class="small soft">{t('payDemo')}</p>
    </section>
  );
}
