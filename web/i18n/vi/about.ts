import type { ReadingPage } from '../documents.ts';

export const about: ReadingPage = {
  title: 'Giới thiệu',
  description: 'Chợ Kinh Bắc là chợ trực tuyến của sản phẩm OCOP và làng nghề tỉnh Bắc Ninh. Trang này nói rõ phần nào là trình diễn.',
  lead: 'Chợ Kinh Bắc đưa sản phẩm OCOP và đồ làng nghề của tỉnh Bắc Ninh mới từ tay người làm đến tay người dùng, không qua nhiều nấc trung gian.',
  updated: '2026-11-22',
  sections: [
    {
      id: 'vi-sao',
      heading: 'Vì sao có chợ này',
      paragraphs: [
        'Sau khi hợp nhất, Bắc Ninh có 99 xã, phường và hơn 660 sản phẩm OCOP: vải thiều, mỳ Chũ, gà đồi Yên Thế, gốm Phù Lãng, tranh Đông Hồ, đồng Đại Bái… Phần lớn do hợp tác xã và hộ nhỏ làm ra, những người giỏi nghề nhưng không có cửa hàng ở thành phố.',
        'Ở đây bạn xem được ai làm, ở đâu, mùa nào có, giá mỗi ký bao nhiêu và còn bao nhiêu. Người bán thấy rõ từng đồng về tay. Sở Công Thương thấy bán hàng trên mạng đem lại gì cho tỉnh.',
      ],
    },
    {
      id: 'cach-lam',
      heading: 'Chợ làm việc ra sao',
      items: [
        'Chợ là sàn trung gian: người bán là hợp tác xã, hộ hoặc doanh nghiệp có tên trên từng sản phẩm.',
        'Mỗi người bán gửi một kiện và nhận tiền của kiện đó. Chợ không giữ tiền của ai.',
        'Huy hiệu OCOP chỉ hiện khi chứng nhận còn hiệu lực, và do chợ lấy từ sổ chứng nhận, người bán không tự ghi được.',
        'Thứ tự gợi ý theo từ tìm, hạng OCOP còn hiệu lực và còn hàng. Không bán chỗ đứng đầu.',
        'Hàng có mã truy xuất thì quét ra lô, ngày thu hoạch và nơi làm.',
      ],
    },
    {
      id: 'trinh-dien',
      heading: 'Đây là bản trình diễn',
      paragraphs: [
        'Trang này được dựng để xem thử và kiểm thử. Sản phẩm là những mặt hàng có thật của Bắc Ninh, nhưng tên người bán, giá, tồn kho, số quyết định và mã vạch là dữ liệu mẫu do chúng tôi đặt ra. Không có đơn hàng nào được giao, không có khoản tiền nào được chuyển.',
      ],
    },
    {
      id: 'chua-ket-noi',
      heading: 'Những gì chưa kết nối',
      items: [
        'Thẻ quốc tế và VNPay: hiện trên trang thanh toán nhưng chưa dùng được.',
        'VietQR: mã đúng chuẩn, nhưng số tài khoản không có thật; chưa nối với ngân hàng nào.',
        'Đơn vị giao hàng, tủ nhận hàng: phí là biểu phí minh hoạ của chợ.',
        'VNeID: danh tính người bán mẫu chưa được xác thực thật.',
        'Hoá đơn điện tử, tờ khai thuế, cổng truy xuất quốc gia: mới có khuôn dữ liệu.',
        'Chợ chưa đăng ký với Bộ Công Thương. Muốn hoạt động thật phải đăng ký trước.',
      ],
    },
    {
      id: 'cong-nghe',
      heading: 'Cho người làm phần mềm',
      paragraphs: [
        'Trang chạy nhẹ để mở được trên điện thoại cũ và mạng yếu. Giao diện lập trình mô tả theo OpenAPI tại /api/docs. Dữ liệu mở chưa có, đang làm.',
      ],
    },
  ],
};
