import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { pagesFunctionCode } from '../../infra/aws/site-pages.ts';
import { rewrite, securityHeaders } from '../../infra/site-rules.ts';

describe('an address and the files that may answer it', () => {
  test.each([
    ['/', ['index.html']],
    ['/gio-hang/', ['gio-hang/index.html']],
    ['/gio-hang', ['gio-hang/index.html']],
    ['/san-pham/', ['san-pham/index.html']],
    ['/san-pham/vai-thieu/', ['san-pham/vai-thieu/index.html', 'san-pham/index.html']],
    ['/san-pham/vai-thieu', ['san-pham/vai-thieu/index.html', 'san-pham/index.html']],
    ['/nha-ban/htx-luc-ngan/', ['nha-ban/htx-luc-ngan/index.html', 'nha-ban/index.html']],
    ['/phat-truc-tiep/mua-vai/', ['phat-truc-tiep/mua-vai/index.html', 'phat-truc-tiep/index.html']],
    ['/san-pham/vai-thieu/anh/', ['san-pham/vai-thieu/anh/index.html']],
    ['/khac/vai-thieu/', ['khac/vai-thieu/index.html']],
    ['/assets/site.abc.css', ['assets/site.abc.css']],
    ['/robots.txt', ['robots.txt']],
    ['/sitemap-0.xml', ['sitemap-0.xml']],
  ])('%s', (path, files) => expect(rewrite(path)).toEqual(files));

  test.each([
    '',
    'x/',
    '//',
    '//x/',
    '/x//y/',
    '/../etc/passwd',
    '/san-pham/../../secret/',
    '/.env',
    '/.git/config',
    '/a\\..\\b/',
    '/a\0b/',
  ])('%j names no file', (path) => expect(rewrite(path)).toEqual([]));

  test('an encoded path stays encoded, so it cannot climb', () =>
    expect(rewrite('/san-pham/%2e%2e/')).toEqual(['san-pham/%2e%2e/index.html', 'san-pham/index.html']));
});

describe('security headers', () => {
  test('the policy is the agreed one, without unsafe-inline', () => {
    expect(securityHeaders['content-security-policy']).toBe(
      "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; frame-src https://www.youtube.com https://www.facebook.com; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
    );
    expect(Object.values(securityHeaders).join()).not.toMatch(/unsafe/);
  });
});

describe('CloudFront’s function', () => {
  const code = pagesFunctionCode();
  /** Runs the very script that is deployed, with a store that knows these pages. */
  async function answer(
    uri: string,
    pages: string[],
  ): Promise<{ uri?: string; statusCode?: number; body?: { data: string }; headers?: Record<string, { value: string }> }> {
    expect(code.startsWith("import cf from 'cloudfront';")).toBe(true);
    const script = code.slice(code.indexOf(';') + 1);
    const sandbox = { cf: { kvs: () => ({ exists: async (key: string) => pages.includes(key) }) } };
    return runInNewContext(`${script};handler({request:{uri:${JSON.stringify(uri)}}})`, sandbox);
  }
  const pages = ['index.html', 'san-pham/index.html', 'san-pham/vai-thieu/index.html', 'gio-hang/index.html'];

  test('finds a built page, the generic page of a new product, and assets unseen', async () => {
    expect((await answer('/', pages)).uri).toBe('/index.html');
    expect((await answer('/gio-hang/', pages)).uri).toBe('/gio-hang/index.html');
    expect((await answer('/san-pham/vai-thieu/', pages)).uri).toBe('/san-pham/vai-thieu/index.html');
    expect((await answer('/san-pham/moi-dang/', pages)).uri).toBe('/san-pham/index.html');
    expect((await answer('/assets/site.abc.css', pages)).uri).toBe('/assets/site.abc.css');
  });

  test('lets the bucket decide when a deployment knew of no pages', async () => {
    expect((await answer('/san-pham/vai-thieu/', ['*'])).uri).toBe('/san-pham/vai-thieu/index.html');
    expect((await answer('//x/', ['*'])).statusCode).toBe(404);
  });

  test('says 404 for what is not there, with the headers every page has', async () => {
    for (const uri of ['/khong-co/', '/san-pham/a/b/', '//x/']) {
      const { statusCode, headers, body } = await answer(uri, pages);
      expect([statusCode, body?.data.includes('Không tìm thấy')]).toEqual([404, true]);
      for (const [name, value] of Object.entries(securityHeaders)) expect(headers?.[name]?.value).toBe(value);
    }
  });

  test('fits CloudFront: 10 KB, ASCII, and no syntax its runtime lacks', () => {
    expect(code.length).toBeLessThan(10_000);
    expect(code).toMatch(/^[\x20-\x7e\n]*$/);
    expect(code).not.toMatch(/for\s*\((?:const|let|var) \w+ of|\.\.\.|\?\.|\?\?|export|(?:const|let|var)\s*[[{]/);
  });
});
