import { expect, test } from 'vitest';
import { clientAddress } from '../../../functions/platform/client-address.ts';

const of = (sourceIp: string, forwarded?: string) =>
  clientAddress({
    headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
    requestContext: { http: { sourceIp } },
  } as Parameters<typeof clientAddress>[0]);

test.each([
  ['127.0.0.1', undefined, '127.0.0.1'],
  // Behind CloudFront: what the caller wrote, who called CloudFront, CloudFront.
  ['130.176.1.1', '1.1.1.1, 113.160.0.9, 130.176.1.1', '113.160.0.9'],
  ['130.176.1.1', '113.160.0.9', '113.160.0.9'],
  ['113.160.0.9', '113.160.0.9', '113.160.0.9'],
  ['113.160.0.9', ' , ', '113.160.0.9'],
  // A phone's own /64 is one address.
  ['130.176.1.1', '2402:800:61:b1c:1:2:3:4', '2402:800:61:b1c::/64'],
  ['2402:800::5', undefined, '2402:800:0:0::/64'],
  ['::1', undefined, '0:0:0:0::/64'],
  ['', undefined, ''],
  ['127.0.0.1', 'not an address', 'not an address'],
  ['127.0.0.1', 'fe80::1%eth0', 'fe80::1%eth0'],
])('from %s with %s: %s', (sourceIp, forwarded, address) => expect(of(sourceIp, forwarded)).toBe(address));
