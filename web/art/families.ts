/** Which drawing, which tints and which ground each kind of product gets. */
import type { Ground, Tint } from './backdrop.ts';
import type { Brush } from './brush.ts';
import * as cake from './draw-cakes.ts';
import * as citrus from './draw-citrus.ts';
import * as craft from './draw-crafts.ts';
import * as drink from './draw-drinks.ts';
import * as fruit from './draw-fruit.ts';
import * as grain from './draw-grain.ts';
import * as herb from './draw-herbs.ts';
import * as jar from './draw-jars.ts';
import * as lychee from './draw-lychee.ts';
import * as meat from './draw-meat.ts';
import * as fired from './draw-pottery.ts';
import * as veg from './draw-vegetables.ts';
import * as woven from './draw-weaving.ts';

/** `basket` is the fallback for products that have no family of their own. */
export type PictureFamily =
  | 'lychee'
  | 'lychee-dried'
  | 'orange'
  | 'pomelo'
  | 'guava'
  | 'plum'
  | 'custard-apple'
  | 'star-apple'
  | 'pineapple'
  | 'melon'
  | 'bamboo-shoot'
  | 'pickles'
  | 'potato'
  | 'carrot'
  | 'noodles'
  | 'noodles-colour'
  | 'rice-cracker'
  | 'rice-paper'
  | 'vermicelli'
  | 'cake-green'
  | 'cake-husband-wife'
  | 'cake-dry'
  | 'oil-bottle'
  | 'snack'
  | 'chicken'
  | 'ham'
  | 'sausage'
  | 'spring-roll-meat'
  | 'jar-sauce'
  | 'garlic'
  | 'rice'
  | 'honey'
  | 'tea'
  | 'herbal-tea'
  | 'rice-wine'
  | 'can-drink'
  | 'cordyceps'
  | 'ginseng'
  | 'balm'
  | 'incense'
  | 'pottery'
  | 'pottery-relief'
  | 'dong-ho-print'
  | 'bamboo-blind'
  | 'woodwork'
  | 'wood-statue'
  | 'wood-vase'
  | 'bronze'
  | 'bamboo-furniture'
  | 'rattan-tray'
  | 'rattan-basket'
  | 'loofah'
  | 'silk'
  | 'basket';

interface Recipe {
  draw(b: Brush): string;
  /** Block colours that set this product off. */
  readonly tints: readonly [Tint, ...Tint[]];
  readonly ground: Ground;
  /** Set when mirroring would make it read wrong. */
  readonly oneWay?: boolean;
}

export const FAMILIES: Readonly<Record<PictureFamily, Recipe>> = {
  lychee: { draw: lychee.lychee, tints: ['straw', 'hoe', 'sage'], ground: 'none' },
  'lychee-dried': { draw: lychee.lycheeDried, tints: ['rose', 'sage', 'mist'], ground: 'table' },
  orange: { draw: citrus.orange, tints: ['sage', 'mist'], ground: 'table' },
  pomelo: { draw: citrus.pomelo, tints: ['rose', 'mist'], ground: 'mat' },
  guava: { draw: fruit.guava, tints: ['rose', 'straw'], ground: 'table' },
  plum: { draw: fruit.plum, tints: ['straw', 'sage'], ground: 'none' },
  'custard-apple': { draw: fruit.custardApple, tints: ['straw', 'rose'], ground: 'mat' },
  'star-apple': { draw: fruit.starApple, tints: ['straw', 'sage'], ground: 'table' },
  pineapple: { draw: fruit.pineapple, tints: ['mist', 'rose'], ground: 'leaf' },
  melon: { draw: fruit.melon, tints: ['mist', 'red'], ground: 'field' },
  'bamboo-shoot': { draw: veg.bambooShoot, tints: ['sage', 'mist'], ground: 'field' },
  pickles: { draw: veg.pickles, tints: ['rose', 'mist'], ground: 'table' },
  potato: { draw: veg.potato, tints: ['sage', 'mist'], ground: 'table' },
  carrot: { draw: veg.carrot, tints: ['mist', 'straw'], ground: 'none' },
  noodles: { draw: grain.noodles, tints: ['red', 'sage', 'indigo'], ground: 'table' },
  'noodles-colour': { draw: grain.noodlesColour, tints: ['straw', 'mist'], ground: 'table' },
  'rice-cracker': { draw: grain.riceCracker, tints: ['red', 'mist', 'sage'], ground: 'mat' },
  'rice-paper': { draw: grain.ricePaper, tints: ['mist', 'sage'], ground: 'field' },
  vermicelli: { draw: grain.vermicelli, tints: ['indigo', 'rose', 'sage'], ground: 'field' },
  'cake-green': { draw: cake.cakeGreen, tints: ['red', 'straw', 'rose'], ground: 'mat' },
  'cake-husband-wife': { draw: cake.cakeHusbandWife, tints: ['rose', 'red', 'hoe'], ground: 'cloth' },
  'cake-dry': { draw: cake.cakeDry, tints: ['sage', 'rose', 'mist'], ground: 'table' },
  'oil-bottle': { draw: jar.oilBottle, tints: ['sage', 'rose', 'mist'], ground: 'table' },
  snack: { draw: cake.snack, tints: ['mist', 'sage', 'rose'], ground: 'cloth' },
  chicken: { draw: meat.chicken, tints: ['hoe', 'sage', 'straw'], ground: 'field' },
  ham: { draw: meat.ham, tints: ['rose', 'straw', 'red'], ground: 'table' },
  sausage: { draw: meat.sausage, tints: ['straw', 'sage', 'mist'], ground: 'none' },
  'spring-roll-meat': { draw: meat.springRollMeat, tints: ['rose', 'straw', 'red'], ground: 'mat' },
  'jar-sauce': { draw: meat.jarSauce, tints: ['straw', 'sage', 'mist'], ground: 'tiles' },
  garlic: { draw: veg.garlic, tints: ['clay', 'sage', 'red'], ground: 'none' },
  rice: { draw: grain.rice, tints: ['sage', 'straw', 'mist'], ground: 'table' },
  honey: { draw: jar.honey, tints: ['mist', 'rose', 'sage'], ground: 'table' },
  tea: { draw: drink.tea, tints: ['sage', 'straw', 'rose'], ground: 'table' },
  'herbal-tea': { draw: drink.herbalTea, tints: ['mist', 'rose', 'sage'], ground: 'cloth' },
  'rice-wine': { draw: drink.riceWine, tints: ['red', 'indigo', 'straw'], ground: 'mat' },
  'can-drink': { draw: drink.canDrink, tints: ['mist', 'straw', 'sage'], ground: 'leaf' },
  cordyceps: { draw: herb.cordyceps, tints: ['mist', 'sage', 'straw'], ground: 'table' },
  ginseng: { draw: herb.ginseng, tints: ['red', 'mist', 'sage'], ground: 'none' },
  balm: { draw: herb.balm, tints: ['rose', 'mist', 'straw'], ground: 'cloth' },
  incense: { draw: herb.incense, tints: ['rose', 'straw', 'mist'], ground: 'tiles' },
  pottery: { draw: fired.pottery, tints: ['hoe', 'mist', 'rose'], ground: 'tiles' },
  'pottery-relief': { draw: fired.potteryRelief, tints: ['red', 'mist', 'straw'], ground: 'table' },
  'dong-ho-print': { draw: craft.dongHoPrint, tints: ['mist', 'rose', 'sage'], ground: 'table', oneWay: true },
  'bamboo-blind': { draw: woven.bambooBlind, tints: ['mist', 'rose', 'sage'], ground: 'none' },
  woodwork: { draw: craft.woodwork, tints: ['straw', 'mist', 'sage'], ground: 'tiles' },
  'wood-statue': { draw: craft.woodStatue, tints: ['red', 'sage', 'mist'], ground: 'cloth' },
  'wood-vase': { draw: fired.woodVase, tints: ['sage', 'straw', 'mist'], ground: 'tiles' },
  bronze: { draw: fired.bronze, tints: ['red', 'indigo', 'sage'], ground: 'cloth' },
  'bamboo-furniture': { draw: woven.bambooFurniture, tints: ['sage', 'straw', 'rose'], ground: 'tiles' },
  'rattan-tray': { draw: woven.rattanTray, tints: ['mist', 'sage', 'rose'], ground: 'none' },
  'rattan-basket': { draw: woven.rattanBasket, tints: ['mist', 'sage', 'rose'], ground: 'mat' },
  loofah: { draw: veg.loofah, tints: ['mist', 'sage', 'rose'], ground: 'mat' },
  silk: { draw: craft.silk, tints: ['indigo', 'sage', 'red'], ground: 'none' },
  basket: { draw: woven.basket, tints: ['straw', 'mist', 'sage', 'rose'], ground: 'table' },
};
