export const common = {
  loading: 'Đang tải…',
  tryAgain: 'Thử lại',
  optional: 'không bắt buộc',
  less: 'Bớt một',
  more: 'Thêm một',
  networkProblem: 'Không kết nối được với chợ. Xin kiểm tra mạng rồi thử lại.',
  rateLimited: 'Bạn thao tác hơi nhanh. Xin đợi {seconds} giây rồi thử lại.',
  ourProblem: 'Chợ đang gặp trục trặc, lỗi ở phía chúng tôi. Xin thử lại sau ít phút.',
  needsScript: 'Trang này cần JavaScript để hỏi giá và gửi đơn. Xin bật JavaScript trong trình duyệt.',
  updated: 'Cập nhật {day}',
  contents: 'Mục lục',
} as const;
