/**
 * `npm run verify-chain`: makes the daily hash chain of every seller's events anew from the events themselves, names each event that was
 * changed, taken away or put in, with its day, and exits 1 on any. It looks where `npm run audit` looks.
 */
import type { ChainFinding } from '../../shared/traceability/records/chain-check.ts';
import { sentence } from './say.ts';
import { checkMarket } from './with-engine.ts';

const words: Record<ChainFinding['what'], string> = {
  event_changed: 'sự kiện bị sửa / event changed',
  event_missing: 'sự kiện bị mất / event missing',
  event_added: 'sự kiện thêm vào sau / event added later',
  record_changed: 'sổ ngày bị sửa / record of the day changed',
  link_broken: 'mắt xích không nối với ngày trước / not linked to the day before',
  leaves_changed: 'danh sách dấu vân tay bị sửa / list of fingerprints changed',
  forgotten_too_early: 'xóa trước thời hạn lưu / forgotten before its time',
};

checkMarket(
  async () => {
    const { verifyChains } = await import('../../functions/traceability/records/verify-chain.ts');
    const { findings, sellers, days, good, forgotten, open } = await verifyChains();
    for (const { what, sellerId, day, eventID } of findings)
      console.log(`KHÁC / DIFFERENT  ${sellerId}  ${day}  ${words[what]}${eventID === undefined ? '' : `: ${eventID}`}`);
    const counted = `${sellers} người bán, ${days} ngày, ${good} sự kiện khớp, ${forgotten} đã hết hạn lưu, ${open} chưa chốt ngày`;
    console.log(
      findings.length === 0
        ? sentence(`Chuỗi sự kiện nguyên vẹn: ${counted}.`, 'The chain of events stands.')
        : sentence(`Chuỗi sự kiện không khớp ở ${findings.length} chỗ (${counted}).`, 'The chain of events is broken.'),
    );
    return findings.length === 0 ? 0 : 1;
  },
  { vi: 'Không kiểm được chuỗi sự kiện', en: 'The chain could not be verified.' },
);
