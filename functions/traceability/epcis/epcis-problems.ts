import { Problem, type Text } from '../../../shared/platform/problem.ts';
import { captureLimit, captureLimitBytes } from '../../../shared/traceability/epcis/contract.ts';
import type { Finding } from '../../../shared/traceability/epcis/findings.ts';

const named = (type: string) => ({ extra: { type: `epcisException:${type}` } });

const checkQuery = { vi: 'Xin kiểm tra lại truy vấn.', en: 'Please check the query.' };

export const badParameter = (name: string, message: Text): Problem =>
  new Problem('validation_failed', checkQuery, { errors: [{ path: `query.${name}`, message }], ...named('QueryParameterException') });

export const tooComplex = (): Problem =>
  new Problem(
    'payload_too_large',
    {
      vi: 'Truy vấn này phải xem quá nhiều sự kiện. Xin thu hẹp lại.',
      en: 'This query would have to look at too many events. Please narrow it.',
    },
    named('QueryTooComplexException'),
  );

export const tooLarge = (most: number): Problem =>
  new Problem(
    'payload_too_large',
    { vi: `Kết quả có hơn ${most} sự kiện.`, en: `There are more than ${most} events.` },
    named('QueryTooLargeException'),
  );

export const tooMuch = (): Problem =>
  new Problem('payload_too_large', {
    vi: `Mỗi lần gửi nhiều nhất ${captureLimit} sự kiện, ${captureLimitBytes / 1_000_000} MB và ${mostRows} dòng mã.`,
    en: `A capture takes at most ${captureLimit} events, ${captureLimitBytes / 1_000_000} MB and ${mostRows} rows of identifiers.`,
  });

/** Rows of one capture: written within the time of one call. */
export const mostRows = 30_000;

const mostErrors = 1_000;
export const notValid = (findings: readonly Finding[]): Problem =>
  new Problem(
    'validation_failed',
    { vi: 'Tài liệu EPCIS chưa đúng. Chưa ghi sự kiện nào.', en: 'The EPCIS document is not valid. No event was recorded.' },
    { errors: findings.slice(0, mostErrors).map(({ pointer, text }) => ({ path: pointer, message: text })) },
  );

export const notAcceptable = (name: string): Problem =>
  new Problem('not_acceptable', {
    vi: `Chợ không trả lời được theo yêu cầu của ${name}.`,
    en: `What ${name} asks for cannot be answered here.`,
  });
