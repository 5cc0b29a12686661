import type { ReadingPage } from '../documents.ts';

export const terms: ReadingPage = {
  title: 'Điều khoản mua bán',
  description: 'Giá, phí giao hàng, thanh toán, huỷ đơn, trả hàng, hoàn tiền và thời hạn giải quyết khiếu nại trên Chợ Kinh Bắc.',
  lead: 'Những điều người mua nên biết trước khi đặt hàng, viết ngắn và bằng lời thường. Bản trình diễn: chưa có giao dịch thật.',
  updated: '2026-11-22',
  sections: [
    {
      id: 'gia',
      heading: 'Giá',
      items: [
        'Giá niêm yết là giá bán một đơn vị hàng, đã gồm thuế. Bên cạnh luôn có giá quy ra một ký.',
        'Phí giao hàng chưa nằm trong giá; trang giỏ hàng và trang đặt hàng ghi riêng. Ngoài tổng cộng đó không có phí nào khác.',
        'Giá được hỏi lại lúc bạn bấm đặt. Nếu vừa đổi, chợ báo tổng mới và hỏi lại, không tự đặt.',
        'Chợ không thu phí người mua. Nếu sau này có phí mới hoặc phí đổi, chợ báo trước ít nhất 20 ngày.',
        'Mã giảm giá ghi rõ điều kiện, số lượt và ngày hết hạn; mỗi đơn dùng một mã.',
      ],
    },
    {
      id: 'giao-hang',
      heading: 'Giao hàng',
      items: [
        'Mỗi người bán gửi một kiện riêng, nên một đơn có thể có nhiều kiện và nhiều khoản phí giao.',
        'Phí tính theo cân nặng của kiện và vùng: trong tỉnh, miền Bắc, nơi xa. Hàng tươi và hàng lạnh cộng tiền thùng giữ lạnh.',
        'Thường 1–2 ngày trong tỉnh và miền Bắc, 2–4 ngày nơi xa. Hàng tươi theo mùa giao sau khi hái, ngày hái có thể ghi trên mã truy xuất.',
        'Bạn được xem hàng trước khi trả tiền. Hàng cồng kềnh và dễ vỡ có thể bị giới hạn vùng giao; trang sản phẩm ghi rõ.',
        'Tự đến lấy thì không mất phí giao.',
      ],
    },
    {
      id: 'tra-tien',
      heading: 'Trả tiền',
      items: [
        'Trả tiền khi nhận hàng: trả cho bưu tá đúng số tiền của kiện.',
        'Chuyển khoản VietQR: mỗi kiện một mã, tiền vào thẳng tài khoản người bán. Hàng được giữ trong thời gian đếm ngược trên trang; quá giờ thì hàng trở lại chợ. Tiền đến muộn hoặc sai số được giữ lại để người phụ trách xử lý, không mất.',
        'Thẻ quốc tế và VNPay chưa kết nối.',
        'Cần hoá đơn thì đánh dấu khi đặt; người bán xuất hoá đơn theo thông tin bạn ghi.',
      ],
    },
    {
      id: 'hop-dong',
      heading: 'Hợp đồng và huỷ đơn',
      items: [
        'Trước khi đặt bạn xem lại toàn bộ: món, số lượng, người bán, phí, tổng cộng. Hợp đồng với từng người bán hình thành khi chợ báo “đã nhận đơn”.',
        'Trang đơn hàng in được hoặc lưu được thành tệp, là bản hợp đồng của bạn.',
        'Bạn huỷ được cả đơn khi chưa có kiện nào đóng gói, không cần lý do.',
        'Nếu thông tin bắt buộc bị sai hoặc thiếu, bạn có 30 ngày để chấm dứt hợp đồng và được hoàn tiền trong 30 ngày, bằng đúng cách bạn đã trả.',
      ],
    },
    {
      id: 'tra-hang',
      heading: 'Trả hàng và hoàn tiền',
      items: [
        'Hàng tươi bị dập, hỏng: báo trong 48 giờ sau khi nhận, kèm ảnh nếu có.',
        'Hàng khác hỏng, vỡ, nhầm, không đúng như giới thiệu: báo trong 7 ngày.',
        'Không bắt buộc có video mở hộp.',
        'Lỗi của người bán hoặc của việc giao hàng thì người bán chịu phí gửi trả.',
        'Tiền hoàn về đúng cách bạn đã trả; trả tiền khi nhận hàng thì hoàn vào tài khoản bạn cho biết.',
      ],
    },
    {
      id: 'khieu-nai',
      heading: 'Khiếu nại và thời hạn',
      paragraphs: [
        'Gửi khiếu nại ngay trên trang đơn hàng. Chợ chuyển cho người bán, theo dõi, và đứng ra cùng giải quyết khi hàng không đúng như giới thiệu.',
      ],
      table: [
        ['Chuyện gì', 'Báo trong', 'Trả lời trong'],
        ['Chưa nhận được hàng', 'bất cứ lúc nào', '3 ngày làm việc'],
        ['Hàng hỏng, dập, vỡ', '48 giờ với hàng tươi, 7 ngày với hàng khác', '2 ngày làm việc'],
        ['Giao nhầm hàng', '7 ngày', '7 ngày làm việc'],
        ['Không đúng như giới thiệu', '30 ngày', '7 ngày làm việc'],
        ['Người bán, phiên live vi phạm', 'bất cứ lúc nào', '7 ngày làm việc'],
      ],
    },
    {
      id: 'tranh-chap',
      heading: 'Khi không thoả thuận được',
      paragraphs: [
        'Hai bên thương lượng trong 7 ngày làm việc. Sau đó bạn có thể nhờ Sở Công Thương Bắc Ninh hoặc hội bảo vệ người tiêu dùng hoà giải, đưa ra trọng tài hoặc toà án. Thương lượng với chợ không làm mất quyền nào của bạn.',
      ],
    },
    {
      id: 'ruou',
      heading: 'Rượu',
      paragraphs: ['Không bán rượu cho người dưới 18 tuổi. Bưu tá có thể hỏi giấy tờ.'],
    },
  ],
};
