import type { ReadingPage } from '../documents.ts';

export const rules: ReadingPage = {
  title: 'Quy chế hoạt động',
  description: 'Ai được bán, hàng được duyệt và xếp thứ tự thế nào, luật phiên live, và cách chợ xử lý vi phạm.',
  lead: 'Luật chung của chợ: cho người bán, người phát trực tiếp và chính chợ.',
  updated: '2026-11-22',
  sections: [
    {
      id: 'san',
      heading: 'Chợ là gì',
      paragraphs: [
        'Chợ Kinh Bắc là nền tảng thương mại điện tử trung gian có chức năng đặt hàng, theo Luật Thương mại điện tử 122/2025/QH15 và Nghị định 248/2026/NĐ-CP. Người bán chịu trách nhiệm về hàng của mình; chợ chịu trách nhiệm về việc xác minh người bán, kiểm tra nội dung đăng và cùng giải quyết khiếu nại. Bản trình diễn này chưa đăng ký với Bộ Công Thương nên chưa được hoạt động thật.',
      ],
    },
    {
      id: 'nguoi-ban',
      heading: 'Ai được bán',
      items: [
        'Hợp tác xã, hộ kinh doanh, doanh nghiệp và cá nhân làm ra hoặc bán sản phẩm của Bắc Ninh.',
        'Chưa xác minh danh tính thì chưa đăng bán được. Theo Nghị định 320/2026/NĐ-CP việc xác minh phải qua VNeID; bản này chưa kết nối VNeID.',
        'Người mua thấy: cá nhân, hộ là tên và nơi cư trú; tổ chức là tên và trụ sở.',
        'Hộ và cá nhân bị khấu trừ thuế theo từng đơn; trang gian hàng ghi rõ từng khoản. Hợp tác xã và doanh nghiệp tự khai.',
        'Chợ chưa thu phí người bán. Đổi phí thì báo trước ít nhất 20 ngày.',
      ],
    },
    {
      id: 'hang',
      heading: 'Hàng được đăng',
      items: [
        'Tên, nơi làm, khối lượng, giá, hạn dùng hoặc cách bảo quản phải đúng như trên nhãn.',
        'Sao OCOP lấy từ sổ chứng nhận; hết hạn 36 tháng hoặc bị thu hồi thì hôm sau không còn hiện.',
        'Không bán hàng cấm, hàng giả, hàng không rõ nguồn gốc. Rượu không quảng cáo và không bán cho người dưới 18 tuổi.',
        'Nội dung đăng được lọc trước khi hiện và được lưu ít nhất 1 năm.',
      ],
    },
    {
      id: 'xep-hang',
      heading: 'Thứ tự hiện hàng',
      paragraphs: ['Tiêu chí xếp thứ tự gợi ý, theo mức quan trọng giảm dần:'],
      items: [
        'Khớp từ bạn tìm: tên trước, rồi mô tả; đúng dấu trước, không dấu sau.',
        'Hạng OCOP còn hiệu lực.',
        'Còn hàng.',
        'Bạn có thể tự chọn xếp theo giá, theo sao hoặc mới đăng.',
        'Không ai trả tiền để lên trước. Nếu sau này có quảng cáo, nó sẽ được ghi rõ là quảng cáo.',
      ],
    },
    {
      id: 'phien-live',
      heading: 'Bán hàng phát trực tiếp',
      items: [
        'Người phát phải được kiểm tra danh tính trước phiên; người bán đưa cho người phát giấy tờ về điều kiện kinh doanh và chất lượng hàng.',
        'Thiếu giấy tờ thì người phát phải từ chối giới thiệu.',
        'Không nói sai về công dụng, nguồn gốc, giá; không lời lẽ, trang phục thiếu đứng đắn.',
        'Số hàng ưu đãi là hàng để riêng, số còn lại trên màn hình là số thật.',
        'Người xem báo vi phạm được ngay; chợ cảnh báo, dừng phiên, gỡ nội dung và lưu dữ liệu phiên.',
      ],
    },
    {
      id: 'vi-pham',
      heading: 'Xử lý vi phạm',
      items: [
        'Gỡ nội dung trong 24 giờ khi cơ quan có thẩm quyền yêu cầu.',
        'Người bán không hợp tác xác minh, bán hàng giả hoặc giao sai nhiều lần thì bị tạm khoá; có quyền giải trình.',
        'Đánh giá của người mua được hiện đầy đủ, không xoá lời chê, trừ nội dung trái pháp luật.',
        'Dữ liệu hợp đồng, đơn hàng giữ ít nhất 3 năm.',
      ],
    },
    {
      id: 'khieu-nai',
      heading: 'Khiếu nại',
      paragraphs: ['Cách gửi và thời hạn trả lời từng loại khiếu nại nằm trong Điều khoản mua bán.'],
    },
  ],
};
