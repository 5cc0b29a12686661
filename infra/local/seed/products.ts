import { duocLieu } from './products/duoc-lieu.ts';
import { goDong } from './products/go-dong.ts';
import { gom } from './products/gom.ts';
import { matOngTra } from './products/mat-ong-tra.ts';
import { mayTreToLua } from './products/may-tre-to-lua.ts';
import { myBunBanh } from './products/my-bun-banh.ts';
import { banh } from './products/my-bun-banh-banh.ts';
import { rauCuGao } from './products/rau-cu-gao.ts';
import { ruouDoUong } from './products/ruou-do-uong.ts';
import { thitGioNem } from './products/thit-gio-nem.ts';
import { traiCay } from './products/trai-cay.ts';
import { vaiThieu } from './products/trai-cay-vai-thieu.ts';
import { tranh } from './products/tranh.ts';
import type { SeedProduct } from './types.ts';

/**
 * The 77 goods of the demonstration market. Goods, crafts, places and OCOP stars are real and public; shops, prices, stock and GTINs are made up,
 * and no producer's name is used, because nobody was asked. Certificates and prices in a real market come from the sellers themselves.
 */
export const seedProducts: readonly SeedProduct[] = [
  ...vaiThieu,
  ...traiCay,
  ...rauCuGao,
  ...myBunBanh,
  ...banh,
  ...thitGioNem,
  ...matOngTra,
  ...ruouDoUong,
  ...duocLieu,
  ...gom,
  ...tranh,
  ...goDong,
  ...mayTreToLua,
];
