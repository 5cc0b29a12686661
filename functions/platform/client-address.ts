import { isIPv6 } from 'node:net';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';

/** The eight groups of an IPv6 address, written out. */
function groups(address: string): string[] {
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const [left, right] = [head, tail ?? ''].map((part) => part.split(':').filter((group) => group !== ''));
  const missing = 8 - (left?.length ?? 0) - (right?.length ?? 0);
  return [...(left ?? []), ...Array.from({ length: missing }, () => '0'), ...(right ?? [])];
}

/** A household or a phone owns a whole /64 of IPv6 and changes within it at will; so that is one address. */
const network = (address: string): string =>
  isIPv6(address) && !address.includes('%') ? `${groups(address).slice(0, 4).join(':')}::/64` : address;

/**
 * The address a call comes from, as an address to count by. Every hop adds the one it hears from at the end of `X-Forwarded-For`, so behind
 * CloudFront it is the last that is not CloudFront's own; what a caller wrote there stands before it.
 */
export function clientAddress({ headers, requestContext }: Pick<APIGatewayProxyEventV2, 'headers' | 'requestContext'>): string {
  const { sourceIp } = requestContext.http;
  const hops = (headers['x-forwarded-for'] ?? '').split(',').map((hop) => hop.trim());
  return network(hops.findLast((hop) => hop !== '' && hop !== sourceIp) ?? sourceIp);
}
