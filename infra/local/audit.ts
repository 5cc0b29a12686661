/**
 * `npm run audit`: recounts everything from the primary records, prints each difference with its ids, exits 1 on any. It looks at the
 * market that runs on DATA_DIR (or at DYNAMODB_ENDPOINT); where none runs it opens the engine itself. Then nobody reads the streams,
 * so reports may be behind what was written last, and nobody ends what is over: start the market and audit again.
 */
import { sentence } from './say.ts';
import { checkMarket } from './with-engine.ts';

checkMarket(
  async () => {
    const { audit } = await import('../../functions/reports/audit.ts');
    const { differences, undecided, counted } = await audit();
    for (const { check, id, expected, found } of differences)
      console.log(`KHÁC / DIFFERENT  ${check}  ${id}: ${JSON.stringify(expected)} ≠ ${JSON.stringify(found)}`);
    for (const { check, id } of undecided) console.log(`chưa rõ, đang thay đổi / busy, not judged  ${check}  ${id}`);
    const what = Object.entries(counted).map(([name, count]) => `${name} ${count}`);
    console.log(
      differences.length === 0
        ? sentence(`Sổ sách khớp: ${what.join(', ')}.`, 'The books agree.')
        : sentence(`Sổ sách lệch ở ${differences.length} chỗ (${what.join(', ')}).`, 'The books disagree.'),
    );
    return differences.length === 0 ? 0 : 1;
  },
  { vi: 'Không kiểm được', en: 'The audit could not be made.' },
);
