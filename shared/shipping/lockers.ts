export interface Locker {
  id: string;
  name: string;
  provinceCode: string;
  communeCode: string;
  street: string;
}

/** Demonstration parcel lockers: no operator is connected yet, and the shop says so. */
export const lockers: readonly Locker[] = [
  { id: 'BN-01', name: 'Tủ Bắc Giang 1 (minh hoạ)', provinceCode: '24', communeCode: '07210', street: 'Cổng bưu điện trung tâm' },
  { id: 'BN-02', name: 'Tủ Từ Sơn 1 (minh hoạ)', provinceCode: '24', communeCode: '09367', street: 'Sảnh chợ trung tâm' },
  { id: 'HN-01', name: 'Tủ Hoàn Kiếm 1 (minh hoạ)', provinceCode: '01', communeCode: '00070', street: 'Sảnh toà nhà văn phòng' },
  { id: 'HN-02', name: 'Tủ Ba Đình 1 (minh hoạ)', provinceCode: '01', communeCode: '00004', street: 'Sảnh khu tập thể' },
];

export const findLocker = (id: string): Locker | undefined => lockers.find((l) => l.id === id);
