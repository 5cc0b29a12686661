import * as z from 'zod';
import { type Contract, type Documented, route } from '../../platform/contract.ts';

const ResolverDescription = z
  .object({
    name: z.string(),
    resolverRoot: z.url(),
    supportedPrimaryKeys: z.array(z.string()),
    supportedLinkType: z.array(z.object({ namespace: z.url(), prefix: z.string() })),
    linkTypeDefaultCanBeLinkset: z.boolean(),
    contact: z.object({ fn: z.string() }),
    jsonLdContextLocation: z.url(),
  })
  .meta({ id: 'ResolverDescription' });

const Linkset = z
  .object({ linkset: z.array(z.record(z.string(), z.unknown())) })
  .meta({ id: 'Linkset', description: 'RFC 9264, as GS1 has it: every link of the thing by its type' });

/** GS1-Conformant resolver 1.1. Whatever is asked travels on to the page, so every parameter may come; names of digits are checked by the story. */
const resolver = {
  query: z.looseObject({ linkType: z.string().optional() }),
  headers: z.looseObject({ accept: z.string().optional() }),
  callers: 'anyone',
  statuses: { validation_failed: 400 },
} as const;

const digitalLink = <const Path extends `/${string}`, P extends z.ZodObject<z.ZodRawShape>>(path: Path, params: P, summary: string) =>
  ({
    method: 'GET',
    path,
    params,
    ...resolver,
    summary,
    description:
      'With `?linkType=linkset` or `Accept: application/linkset+json` 200 and the linkset (RFC 9264); with `?linkType=gs1:pip` and the like to that page, 404 when there is none. Malformed, wrongly ordered, a wrong check digit or date: 400. One slash at the end is tolerated; a slash inside a lot or serial cannot be told from a separator, however it is encoded.',
    success: { status: 307, description: 'To the page that says what the code is' },
    alternatives: [
      { status: 200, contentType: 'application/linkset+json', body: Linkset, description: 'The linkset, when it is asked for' },
    ],
    problems: ['not_found'],
  }) as const;

const Key = z.string().max(100);
const parts = { gtin: Key, cpv: Key, lot: Key, serial: Key, thirdParty: Key };

/** The forms of a link that have no route of their own, by what they name last. */
const otherForms = {
  Variant: '/22/{cpv}',
  VariantLot: '/22/{cpv}/10/{lot}',
  VariantSerial: '/22/{cpv}/21/{serial}',
  VariantLotSerial: '/22/{cpv}/10/{lot}/21/{serial}',
  ThirdParty: '/235/{thirdParty}',
} as const;
const ownForms = { Gtin: '', Lot: '/10/{lot}', Serial: '/21/{serial}', LotSerial: '/10/{lot}/21/{serial}' } as const;

const documented = (verb: string, forms: Record<string, string>): Documented[] =>
  Object.entries(forms).map(([name, form]) => {
    const path = `/01/{gtin}${form}` as const;
    const names = Object.entries(parts).filter(([part]) => path.includes(`{${part}}`));
    return { operationId: verb + name, path, params: z.object(Object.fromEntries(names)) };
  });

export const resolverRoutes = {
  resolveGtin: route(digitalLink('/01/{gtin}', z.object({ gtin: Key }), 'GS1 Digital Link of a product')),
  resolveLot: route(digitalLink('/01/{gtin}/10/{lot}', z.object({ gtin: Key, lot: Key }), 'GS1 Digital Link of a lot')),
  resolveSerial: route(digitalLink('/01/{gtin}/21/{serial}', z.object({ gtin: Key, serial: Key }), 'GS1 Digital Link of one item')),
  resolveLotSerial: route(
    digitalLink('/01/{gtin}/10/{lot}/21/{serial}', z.object({ gtin: Key, lot: Key, serial: Key }), 'GS1 Digital Link of one item of a lot'),
  ),
  /** Every other form: a variant (22), a third party's number (235), a slash at the end, and all that is malformed. */
  resolveOther: route({
    ...digitalLink('/01/{proxy+}', z.object({ proxy: z.string() }), 'Any other GS1 Digital Link of a product'),
    documented: documented('resolve', otherForms),
  }),
  resolveOptions: route({
    method: 'OPTIONS',
    path: '/01/{proxy+}',
    summary: 'What may be asked of a GS1 Digital Link, also from other origins',
    callers: 'anyone',
    success: { status: 204 },
    documented: documented('optionsOf', { ...ownForms, ...otherForms }),
  }),
  resolverDescription: route({
    method: 'GET',
    path: '/.well-known/gs1resolver',
    summary: 'What this GS1-Conformant resolver resolves',
    callers: 'anyone',
    cacheControl: 'public, max-age=3600',
    success: { status: 200, body: ResolverDescription },
  }),
  resolverDescriptionOptions: route({
    method: 'OPTIONS',
    path: '/.well-known/gs1resolver',
    summary: 'That other origins may read the resolver’s description',
    callers: 'anyone',
    success: { status: 204 },
  }),
} satisfies Contract;
