import type { APIRoute } from 'astro';
import { shell } from '../i18n/vi.ts';

export const GET: APIRoute = () =>
  new Response(
    JSON.stringify({
      name: `${shell.name} – ${shell.tagline}`,
      short_name: shell.name,
      lang: 'vi',
      start_url: '/',
      display: 'standalone',
      background_color: '#fbf4e4',
      theme_color: '#b3202c',
      icons: [{ src: '/icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' }],
    }),
    { headers: { 'Content-Type': 'application/manifest+json; charset=utf-8' } },
  );
