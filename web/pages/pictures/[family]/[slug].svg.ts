import type { APIRoute } from 'astro';
import { FAMILIES, type PictureFamily } from '../../../art/families.ts';
import { drawPicture } from '../../../art/picture.ts';
import { allProducts } from '../../../catalog/build-data.ts';
import { svgFile } from '../../../platform/svg.ts';

/** The market says which drawing shows a product: `/pictures/{family}/{slug}.svg`. */
const address = /^\/pictures\/([a-z-]+)\/([a-z0-9-]+)\.svg$/;

export async function getStaticPaths() {
  const products = await allProducts();
  return products.flatMap((product) =>
    product.images.flatMap((image) => {
      const [, family, slug] = address.exec(image) ?? [];
      return family && slug && family in FAMILIES ? [{ params: { family, slug }, props: { title: product.name } }] : [];
    }),
  );
}

export const GET: APIRoute = ({ params, props }) =>
  svgFile(drawPicture({ family: params.family as PictureFamily, seed: params.slug ?? '', title: String(props.title) }));
