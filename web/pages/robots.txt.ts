import type { APIRoute } from 'astro';
import { links } from '../platform/links.ts';

const closed = [links.basket, links.checkout, links.order, links.search, '/api/'];

export const GET: APIRoute = ({ site }) =>
  new Response(
    ['User-agent: *', ...closed.map((path) => `Disallow: ${path}`), '', `Sitemap: ${new URL('/sitemap-index.xml', site)}`, ''].join('\n'),
    {
      headers: { 'Content-Type': 'text/plain; charset=utf-8' },
    },
  );
