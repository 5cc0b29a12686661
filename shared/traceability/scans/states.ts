/**
 * What a code can be, the one that matters most first: an item is the first of these that is true of it. Of one that is forgotten nothing
 * else is known any more.
 */
export const traceStates = ['never_issued', 'forgotten', 'recalled', 'suspicious', 'expired', 'not_shipped', 'active'] as const;
export type TraceState = (typeof traceStates)[number];

/** Whether an item has left its seller: `unknown` when nobody said which package it is in. */
export const shipments = ['unknown', 'not_sent', 'sent', 'returned'] as const;
export type Shipment = (typeof shipments)[number];

export interface StateFacts {
  isIssued: boolean;
  isRecalled: boolean;
  isSuspicious: boolean;
  /** The lot's last good day, `YYYY-MM-DD`. */
  useBy?: string | undefined;
  today: string;
  shipment: Shipment;
}

/**
 * A recall goes before a doubt, for it is about health and true of every box of the lot, copied or not; a doubt before a date, for the
 * date belongs to the box that was coded, which may not be the one in hand.
 */
export function stateOf({ isIssued, isRecalled, isSuspicious, useBy, today, shipment }: StateFacts): TraceState {
  if (!isIssued) return 'never_issued';
  if (isRecalled) return 'recalled';
  if (isSuspicious) return 'suspicious';
  if (useBy !== undefined && useBy < today) return 'expired';
  return shipment === 'not_sent' ? 'not_shipped' : 'active';
}

/** The verdict in words. No state says that goods are genuine: a printed code can be copied, and then both boxes carry it. */
export const stateWords: Readonly<Record<TraceState, { title: string; text: string }>> = {
  never_issued: {
    title: 'Mã này chưa từng được phát hành',
    text: 'Chợ không cấp mã này cho món hàng nào. Tem có thể bị làm giả, in lỗi, hoặc gõ nhầm.',
  },
  forgotten: {
    title: 'Hồ sơ của lô đã hết thời hạn lưu',
    text: 'Chợ từng cấp mã này. Luật buộc lưu hồ sơ truy xuất 12 tháng sau hạn dùng, hoặc 60 tháng với hàng không có hạn dùng; thời hạn đó đã qua nên chợ không còn giữ thông tin của lô.',
  },
  recalled: {
    title: 'Lô hàng đã bị thu hồi',
    text: 'Xin đừng dùng món hàng này. Liên hệ người bán để trả lại.',
  },
  suspicious: {
    title: 'Có dấu hiệu tem bị chép lại',
    text: 'Chợ có cấp mã này, nhưng nó được quét theo cách mà một hộp hàng khó có thể đi. Hộp trong tay bạn có thể là hàng thật hoặc hàng mang tem chép: xin đọc lý do và xem kỹ trước khi dùng.',
  },
  expired: {
    title: 'Đã quá hạn dùng',
    text: 'Mã này có trong sổ của chợ, nhưng lô hàng đã qua ngày dùng tốt nhất mà người bán ghi. Xin xem ngày in trên bao bì.',
  },
  not_shipped: {
    title: 'Theo sổ, hàng chưa rời người bán',
    text: 'Kiện hàng chứa hộp mang mã này chưa được gửi đi. Nếu hàng đã ở trong tay bạn, người bán có thể quên bấm gửi, hoặc tem này là bản chép.',
  },
  active: {
    title: 'Mã do chợ cấp',
    text: 'Mã này có trong sổ của chợ và gắn với lô hàng dưới đây. Tem giấy có thể bị chép lại, nên xin xem cả số lần quét.',
  },
};
