import * as z from 'zod';

/** A sentence for people in the market's two problem languages. Vietnamese is what a shopper sees unless they ask for English. */
export interface Text {
  vi: string;
  en: string;
}

/** Every code an error answer can carry, with its HTTP status and title (API.md, Conventions; RFC 9457). */
export const problemCodes = {
  malformed_json: { status: 400, title: { vi: 'Nội dung gửi lên không phải JSON đúng', en: 'Malformed JSON' } },
  invalid_signature: { status: 400, title: { vi: 'Chữ ký không hợp lệ', en: 'Invalid signature' } },
  unauthenticated: { status: 401, title: { vi: 'Bạn chưa đăng nhập', en: 'Not signed in' } },
  forbidden: { status: 403, title: { vi: 'Bạn không có quyền làm việc này', en: 'Not allowed' } },
  not_found: { status: 404, title: { vi: 'Không tìm thấy', en: 'Not found' } },
  method_not_allowed: { status: 405, title: { vi: 'Cách gọi không được hỗ trợ', en: 'Method not allowed' } },
  not_acceptable: { status: 406, title: { vi: 'Không trả lời được theo cách này', en: 'Not acceptable' } },
  conflict: { status: 409, title: { vi: 'Không làm được ở trạng thái hiện tại', en: 'Conflict with the current state' } },
  out_of_stock: { status: 409, title: { vi: 'Không đủ hàng', en: 'Not enough stock' } },
  price_changed: { status: 409, title: { vi: 'Giá đã thay đổi', en: 'The price has changed' } },
  idempotency_conflict: {
    status: 409,
    title: { vi: 'Khóa chống gửi trùng đã dùng cho nội dung khác', en: 'Idempotency key already used' },
  },
  payload_too_large: { status: 413, title: { vi: 'Nội dung gửi lên quá lớn', en: 'Payload too large' } },
  unsupported_media_type: { status: 415, title: { vi: 'Kiểu nội dung không được hỗ trợ', en: 'Unsupported media type' } },
  validation_failed: { status: 422, title: { vi: 'Thông tin chưa đúng', en: 'Validation failed' } },
  rate_limited: { status: 429, title: { vi: 'Bạn thao tác quá nhanh', en: 'Too many requests' } },
  internal_error: { status: 500, title: { vi: 'Chợ đang gặp trục trặc', en: 'Something went wrong on our side' } },
  unavailable: { status: 503, title: { vi: 'Chợ đang quá tải', en: 'Temporarily unavailable' } },
} as const satisfies Record<string, { status: number; title: Text }>;

export type ProblemCode = keyof typeof problemCodes;

export const ProblemDocument = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.enum(Object.keys(problemCodes) as [ProblemCode, ...ProblemCode[]]),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    total: z.int().optional().meta({ description: 'With price_changed: the true total, in đồng' }),
    requestId: z.string().optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem document' });

interface ProblemOptions {
  errors?: { path: string; message: Text | string }[];
  /** Extra members of the document, e.g. `total` with price_changed. */
  extra?: Record<string, unknown>;
  retryAfterSeconds?: number;
  allow?: string[];
}

/** The caller's mistake (or a state they must handle), thrown anywhere below the door and turned into a problem document there. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly detail: Text;
  readonly options: ProblemOptions;
  constructor(code: ProblemCode, detail: Text, options: ProblemOptions = {}) {
    super(`${code}: ${detail.en}`);
    this.code = code;
    this.detail = detail;
    this.options = options;
  }
}

/** "There is no such thing, or it is not yours": the two are never told apart to the caller. */
export const notFound = (what: Text = { vi: 'Không có trang hoặc mục này.', en: 'There is no such thing here.' }) =>
  new Problem('not_found', what);

/** A refusal of one field after reading data the schema cannot know (an unknown SKU, a commune of another province). */
export const invalid = (path: string, message: Text) =>
  new Problem(
    'validation_failed',
    { vi: 'Xin kiểm tra lại thông tin.', en: 'Please check the fields named below.' },
    { errors: [{ path, message }] },
  );
