/** Where a channel's video may be shown inside the page: the content security policy allows these two hosts and no other. */
const hosts: Record<string, (url: URL) => string | undefined> = {
  'www.youtube.com': (url) =>
    url.pathname.startsWith('/embed/') ? url.href : watchId(url.searchParams.get('v') ?? /^\/live\/([^/]+)/.exec(url.pathname)?.[1]),
  'youtube.com': (url) => watchId(url.searchParams.get('v') ?? /^\/live\/([^/]+)/.exec(url.pathname)?.[1]),
  'youtu.be': (url) => watchId(url.pathname.slice(1)),
  'www.facebook.com': (url) =>
    url.pathname.startsWith('/plugins/video')
      ? url.href
      : `https://www.facebook.com/plugins/video.php?href=${encodeURIComponent(url.href)}`,
};

const watchId = (id: string | null | undefined): string | undefined =>
  id && /^[\w-]{5,20}$/.test(id) ? `https://www.youtube.com/embed/${id}` : undefined;

/** The address for the frame; undefined when the video can only be opened in a page of its own. */
export function embedOf(address: string): string | undefined {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  return url?.protocol === 'https:' ? hosts[url.hostname]?.(url) : undefined;
}
