import preact from '@astrojs/preact';
import sitemap from '@astrojs/sitemap';
import { defineConfig } from 'astro/config';
import { preloadModules } from './preload-modules.mjs';

/** Pages that only make sense for the person who opens them; search engines have no use for them. */
const privatePages =
  /\/(gio-hang|thanh-toan|don-hang|tim|san-pham|nha-ban|dang-nhap|ban-hang|ban-hang\/[^/]+|so-cong-thuong|so-cong-thuong\/[^/]+|so-cong-thuong\/[^/]+|quan-tri|truy-xuat|phat-truc-tiep|404)\/$/;

export default defineConfig({
  // A placeholder: the server writes PUBLIC_ORIGIN over it when it serves a text file, so one build fits every address.
  site: 'https://cho-kinh-bac.invalid',
  srcDir: '.',
  outDir: process.env.SITE_OUT_DIR ?? '../.build/site',
  trailingSlash: 'always',
  // The content security policy allows neither inline scripts nor inline styles.
  build: { inlineStylesheets: 'never', format: 'directory', assets: 'assets' },
  cacheDir: '../node_modules/.astro',
  vite: { build: { assetsInlineLimit: 0 }, cacheDir: '../node_modules/.vite' },
  prefetch: { prefetchAll: false, defaultStrategy: 'tap' },
  devToolbar: { enabled: false },
  integrations: [preact(), sitemap({ filter: (page) => !privatePages.test(page) }), preloadModules(['truy-xuat/index.html'])],
});
