import type { Text } from '../../platform/problem.ts';
import type { EpcFault } from './identifiers.ts';

/** What can be wrong with a captured document; the names are part of our interface and do not change. */
const sentences = {
  shape: { vi: 'Trường này thiếu hoặc không đúng dạng EPCIS 2.0', en: 'This field is missing or not what EPCIS 2.0 asks for' },
  unprefixed_field: {
    vi: 'Trường ngoài chuẩn phải có tiền tố không gian tên',
    en: 'A field outside the standard needs a namespace prefix',
  },
  nothing_named: { vi: 'Sự kiện không nêu vật, lô hay phép đo nào', en: 'The event names no thing, no lot and no measurement' },
  transformation_sides: { vi: 'Chế biến phải nêu cả đầu vào và đầu ra', en: 'A transformation needs both inputs and outputs' },
  ilmd_without_add: {
    vi: 'Chỉ sự kiện ADD mới mang dữ liệu gốc của lô (ilmd)',
    en: 'Only an ADD event carries instance or lot master data (ilmd)',
  },
  parent_missing: { vi: 'Thiếu mã của vật chứa (parentID)', en: 'The parent (parentID) is missing' },
  bad_epc: { vi: 'Mã GS1 không đúng dạng', en: 'Not a well-formed GS1 identifier' },
  identifier_too_long: { vi: 'Mã định danh dài quá 1.000 ký tự', en: 'An identifier has at most 1,000 characters' },
  not_an_identifier: {
    vi: 'Địa chỉ liên lạc của một người không phải mã của vật, lô hay địa điểm',
    en: 'An address at which a person is reached is no identifier of a thing, a lot or a place',
  },
  check_digit: { vi: 'Sai số kiểm tra', en: 'Wrong check digit' },
  query_in_epc: { vi: 'Mã định danh không được có phần sau dấu ? hoặc #', en: 'An identifier has no query and no fragment' },
  two_levels: { vi: 'Chỉ nêu lô hoặc số sê-ri, không nêu cả hai', en: 'Name the lot or the serial number, not both' },
  class_in_epc_list: {
    vi: 'Danh sách này chỉ nhận từng vật, không nhận loại hay lô',
    en: 'This list takes single things, no class and no lot',
  },
  thing_in_quantity_list: { vi: 'Số lượng phải đếm theo loại hoặc lô', en: 'A quantity counts a class or a lot, not one thing' },
  duplicate_epc: { vi: 'Mã này đã có trong danh sách', en: 'This identifier is in the list already' },
  duplicate_event_id: { vi: 'Mã sự kiện này đã có trong tài liệu', en: 'This event ID is in the document already' },
  parent_among_children: { vi: 'Vật chứa không thể nằm trong chính nó', en: 'A parent cannot be its own child' },
  negative_quantity: { vi: 'Số lượng không được âm', en: 'A quantity cannot be negative' },
  uom_of_type: { vi: 'Đơn vị không đo được đại lượng này', en: 'This unit does not measure this property' },
  impossible_value: { vi: 'Giá trị nằm ngoài khoảng có thể có', en: 'No such value can be measured' },
  range_reversed: { vi: 'Giá trị nhỏ nhất lớn hơn giá trị lớn nhất', en: 'The least value is greater than the greatest' },
  times_reversed: { vi: 'Thời điểm đầu sau thời điểm cuối', en: 'The start is after the end' },
  in_future: { vi: 'Thời điểm ở tương lai', en: 'This time is in the future' },
  not_a_place: { vi: 'Mã này không phải mã địa điểm', en: 'This identifier is not that of a place' },
  not_a_party: { vi: 'Mã này không phải mã của bên hay địa điểm', en: 'This identifier is not that of a party or a place' },
  dangerous_uri: { vi: 'Không nhận liên kết có thể chạy mã', en: 'Links that could run code are not accepted' },
  schema_version: { vi: 'Chỉ nhận EPCIS 2.0', en: 'Only EPCIS 2.0 is accepted' },
  no_events: { vi: 'Tài liệu không có sự kiện', en: 'The document holds no event' },
  event_id_taken: { vi: 'Mã sự kiện này đã dùng cho một sự kiện khác', en: 'This event ID stands for another event already' },
  declaration_differs: {
    vi: 'Khai báo sai sót phải lặp lại đúng sự kiện đã ghi',
    en: 'An error declaration must repeat the recorded event exactly',
  },
  too_large: { vi: 'Sự kiện này quá lớn', en: 'This event is too large' },
  too_deep: { vi: 'Dữ liệu lồng nhau quá sâu', en: 'The data is nested too deeply' },
} satisfies Record<string, Text>;

export type FindingCode = keyof typeof sentences;

/** One thing that is wrong, where it is (RFC 6901, into what was sent), and the sentence for people. */
export interface Finding {
  pointer: string;
  code: FindingCode;
  text: Text;
}

export const finding = (code: FindingCode, at: string): Finding => ({ pointer: at, code, text: sentences[code] });

export const isFindingCode = (code: unknown): code is FindingCode => typeof code === 'string' && Object.hasOwn(sentences, code);

const byFault: Partial<Record<EpcFault, FindingCode>> = {
  ...{ check_digit: 'check_digit', query: 'query_in_epc', two_levels: 'two_levels' },
  ...{ contact: 'not_an_identifier', too_long: 'identifier_too_long' },
};

export const epcCode = (fault: EpcFault): FindingCode => byFault[fault] ?? 'bad_epc';
