import type { APIRoute } from 'astro';
import { drawEmpty, drawHero } from '../../../art/scene.ts';
import { svgFile } from '../../../platform/svg.ts';

const scenes = {
  hero: drawHero,
  'empty-basket': () => drawEmpty('basket'),
  'empty-search': () => drawEmpty('search'),
  'empty-orders': () => drawEmpty('orders'),
} as const;

export const getStaticPaths = () => Object.entries(scenes).map(([name, draw]) => ({ params: { name }, props: { draw } }));

export const GET: APIRoute = ({ props }) => svgFile((props as { draw: () => string }).draw());
