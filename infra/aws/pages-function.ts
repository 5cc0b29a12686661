import { rewrite } from '../site-rules.ts';

/**
 * Runs in CloudFront before its cache: turns an address into the file that answers it. A function can't look into the bucket, so the names of all
 * pages stand in its key-value store. Bundled by `site-pages.ts`; the runtime knows `handler` by name.
 */
interface ViewerRequest {
  uri: string;
}
export interface ViewerAnswer {
  statusCode: number;
  statusDescription: string;
  headers: Record<string, { value: string }>;
  body: { encoding: 'text'; data: string };
}

/** CloudFront's own module; `site-pages.ts` writes its import as the first line, where the runtime looks for it. */
declare const cf: { kvs(): { exists(key: string): Promise<boolean> } };
/** Written in by the bundler. */
declare const notFound: ViewerAnswer;

const pages = cf.kvs();

/** @public CloudFront calls it. */
export async function handler(event: { request: ViewerRequest }): Promise<ViewerRequest | ViewerAnswer> {
  const request = event.request;
  const candidates = rewrite(request.uri);
  // Plain syntax: this runtime has no for-of, destructuring or spread.
  for (let i = 0; i < candidates.length; i++) {
    const file = String(candidates[i]);
    // Whether an asset exists is the bucket's to say; so is everything when the pages are not known (`*`).
    if (!file.endsWith('.html') || (await pages.exists(file)) || (await pages.exists('*'))) {
      request.uri = `/${file}`;
      return request;
    }
  }
  return notFound;
}
