import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Stage } from 'aws-cdk-lib';
import { Function as EdgeFunction, FunctionCode, FunctionRuntime, ImportSource, KeyValueStore } from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';
import { buildSync } from 'esbuild';
import { securityHeaders } from '../site-rules.ts';
import { root } from './bundle.ts';
import type { ViewerAnswer } from './pages-function.ts';
import { prefix } from './settings.ts';
import type { SiteFiles } from './site-files.ts';

/** Turns an address into a file before the cache is asked (`pages-function.ts`). */
export function pagesFunction(scope: Construct, files: SiteFiles | undefined): EdgeFunction {
  const data = (files?.pages ?? ['*']).map((key) => ({ key, value: '1' }));
  const source = JSON.stringify({ data });
  if (source.length > 5_000_000)
    throw new Error(
      `${data.length} pages: CloudFront’s store takes 5 MB of names (about 70,000). Build fewer; the generic page serves the rest.`,
    );
  // Its name carries its content: a store is filled only when it is made, so other pages mean another store.
  const content = createHash('sha256').update(source).digest('hex').slice(0, 12);
  // Beside the assembly: CDK's own `fromInline` leaves a folder in /tmp at every synthesis.
  const file = join(Stage.of(scope)?.outdir ?? tmpdir(), `pages-${content}.json`);
  writeFileSync(file, source);
  const keyValueStore = new KeyValueStore(scope, 'Pages', {
    keyValueStoreName: `${prefix}-pages-${content}`,
    comment: 'Files that exist',
    source: ImportSource.fromAsset(file),
  });
  return new EdgeFunction(scope, 'PagesFunction', {
    code: FunctionCode.fromInline(pagesFunctionCode()),
    runtime: FunctionRuntime.JS_2_0,
    keyValueStore,
    comment: 'Address to file',
  });
}

const notFoundPage =
  '<!doctype html><html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>Không tìm thấy trang – Chợ Kinh Bắc</title></head><body><h1>Không tìm thấy trang này</h1><p><a href="/">Về trang chủ Chợ Kinh Bắc</a></p></body></html>';

const headers = { ...securityHeaders, 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' };
const notFound: ViewerAnswer = {
  statusCode: 404,
  statusDescription: 'Not Found',
  headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, { value }])),
  body: { encoding: 'text', data: notFoundPage },
};

/** CloudFront takes one script of at most 10 KB whose `handler` is global, in a JavaScript of about 2017. Letters beyond ASCII are escaped: CloudFormation may write `?` for them. */
export function pagesFunctionCode(): string {
  const { outputFiles } = buildSync({
    entryPoints: [join(root, 'infra/aws/pages-function.ts')],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2017',
    banner: { js: "import cf from 'cloudfront';" },
    supported: {
      destructuring: false,
      'for-of': false,
      'array-spread': false,
      'object-rest-spread': false,
      'default-argument': false,
      class: false,
    },
    define: { notFound: JSON.stringify(notFound) },
    minifyWhitespace: true,
    logLevel: 'silent',
  });
  return (outputFiles[0]?.text ?? '').replace(/export\s*\{\s*handler\s*\};?\s*$/, '');
}
