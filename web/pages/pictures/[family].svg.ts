import type { APIRoute } from 'astro';
import { FAMILIES, type PictureFamily } from '../../art/families.ts';
import { drawPicture } from '../../art/picture.ts';
import { svgFile } from '../../platform/svg.ts';

/** One drawing per kind: for category tiles, and for goods a seller adds after the last build. */
export const getStaticPaths = () => Object.keys(FAMILIES).map((family) => ({ params: { family } }));

export const GET: APIRoute = ({ params }) =>
  svgFile(drawPicture({ family: params.family as PictureFamily, seed: params.family ?? '', title: params.family ?? '' }));
