import type { ReadingPage } from '../documents.ts';

export const privacy: ReadingPage = {
  title: 'Bảo vệ dữ liệu cá nhân',
  description: 'Chợ Kinh Bắc lấy dữ liệu gì, để làm gì, giữ bao lâu, ai thấy, và bạn có quyền gì.',
  lead: 'Chợ chỉ hỏi những gì cần để giao được hàng. Mua hàng không cần tài khoản.',
  updated: '2026-11-22',
  sections: [
    {
      id: 'lay-gi',
      heading: 'Chợ lấy gì, để làm gì',
      table: [
        ['Dữ liệu', 'Để làm gì'],
        ['Họ tên, số điện thoại, địa chỉ', 'giao hàng và gọi khi cần'],
        ['Email (nếu bạn ghi)', 'gửi hoá đơn, báo tin về đơn'],
        ['Tên, mã số thuế trên hoá đơn (nếu bạn ghi)', 'xuất hoá đơn'],
        ['Số điện thoại trong lời báo nghi ngờ (nếu bạn ghi)', 'Sở hỏi lại bạn; giữ một năm'],
        ['Món đã mua, số tiền, trạng thái', 'thực hiện đơn, giải quyết khiếu nại, báo cáo gộp'],
      ],
    },
    {
      id: 'khong-lay',
      heading: 'Chợ không lấy gì',
      items: [
        'Không theo dõi bạn đi đâu trên mạng, không quảng cáo theo hành vi, không cookie theo dõi.',
        'Không lấy vị trí của máy.',
        'Không xin quyền đọc danh bạ, ảnh hay tin nhắn.',
        'Quét mã truy xuất không cần cho biết bạn là ai: chợ chỉ nhớ tỉnh mà mạng của bạn báo và một dấu máy đã trộn riêng cho từng hộp, trong 180 ngày; không nhớ địa chỉ mạng.',
      ],
    },
    {
      id: 'may-ban',
      heading: 'Những gì nằm trên máy bạn',
      paragraphs: [
        'Giỏ hàng (mã hàng và số lượng) nằm trong trình duyệt của bạn cho đến khi bạn xoá. Thông tin đang điền và mã đơn vừa đặt chỉ nằm trong thẻ trình duyệt đang mở, đóng thẻ là mất. Khi bạn quét tem, trình duyệt tự đặt cho máy một tên ngẫu nhiên để đếm số máy; xoá dữ liệu trang là mất. Số điện thoại không bao giờ nằm trong địa chỉ trang.',
      ],
    },
    {
      id: 'ai-thay',
      heading: 'Ai thấy dữ liệu của bạn',
      items: [
        'Người bán trong đơn: tên, số điện thoại, địa chỉ, món hàng của kiện họ gửi.',
        'Đơn vị giao kiện đó.',
        'Cơ quan có thẩm quyền khi có yêu cầu đúng luật.',
        'Báo cáo và dữ liệu mở chỉ có số gộp, không có tên ai.',
        'Chợ không bán, không cho thuê dữ liệu cá nhân.',
      ],
    },
    {
      id: 'giu-bao-lau',
      heading: 'Giữ bao lâu, ở đâu',
      paragraphs: [
        'Dữ liệu hợp đồng và đơn hàng giữ 3 năm theo luật thương mại điện tử, chứng từ kế toán và thuế theo luật kế toán; hết hạn thì xoá hoặc bỏ phần nhận ra người. Bản trình diễn này lưu trên máy đang chạy nó và có thể bị xoá bất cứ lúc nào: xin đừng nhập dữ liệu thật.',
        'Khi chạy thật, nếu dùng máy chủ ở nước ngoài thì phải lập hồ sơ chuyển dữ liệu ra nước ngoài trong 60 ngày. Việc này chưa làm vì chợ chưa chạy thật.',
      ],
    },
    {
      id: 'quyen',
      heading: 'Quyền của bạn',
      items: [
        'Biết, xem, sửa, xoá, lấy bản sao dữ liệu; rút lại đồng ý; hạn chế hoặc phản đối việc xử lý; khiếu nại.',
        'Chợ trả lời yêu cầu trong 2 ngày làm việc và làm xong việc rút đồng ý, hạn chế, phản đối, xoá trong 15 ngày; 20 ngày khi phải nhờ bên thứ ba; gia hạn nhiều nhất một lần 15 ngày, có báo.',
        'Chợ không đánh dấu sẵn ô đồng ý nào thay bạn.',
        'Nếu dữ liệu bị lộ, chợ báo cơ quan chức năng trong 72 giờ và báo cho bạn.',
      ],
    },
    {
      id: 'lien-he',
      heading: 'Liên hệ',
      paragraphs: [
        'Bản trình diễn chưa có người phụ trách dữ liệu để liên hệ. Khi chạy thật, tên, điện thoại và email của người phụ trách phải nằm ở đây.',
      ],
    },
  ],
};
