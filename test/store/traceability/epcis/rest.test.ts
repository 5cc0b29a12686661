import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  answer,
  box,
  capture,
  harvest,
  loading,
  logging,
  lot,
  packing,
  pallet,
  selling,
  storing,
} from '../../../unit/traceability/epcis/events.ts';
import { startEngine } from '../../engine.ts';
import { type Answer, eventsOf, nextQuery, partner, type Question } from './partner.ts';

vi.mock('../../../../functions/platform/auth.ts', async () => {
  const { Problem } = await import('../../../../shared/platform/problem.ts');
  return {
    async callerOf(authorization: string | undefined) {
      if (!authorization) throw new Problem('unauthenticated', { vi: 'x', en: 'x' });
      const id = authorization.slice('Bearer '.length);
      return { id, role: id === 'shopper' ? 'shopper' : 'seller' };
    },
  };
});
vi.mock('../../../../functions/accounts/seller-of.ts', () => ({ sellerOf: async ({ id }: { id: string }) => ({ id }) }));

let engine: Awaited<ReturnType<typeof startEngine>>;
let ask: ReturnType<typeof partner>;
let finish: typeof import('../../../../functions/traceability/epcis/finish-captures.ts').handler;
beforeAll(async () => {
  process.env.POWERTOOLS_LOG_LEVEL = 'SILENT';
  engine = await startEngine();
  ask = partner((await import('../../../../functions/traceability/epcis/http.ts')).handler as never);
  ({ handler: finish } = await import('../../../../functions/traceability/epcis/finish-captures.ts'));
});
afterAll(() => engine?.stop());

let sellers = 0;
const newSeller = () => `sel_rest${++sellers}`;
const origin = 'https://chokinhbac.test';
const post = (as: string, body: unknown, more: Question = {}) => ask('POST', '/epcis/capture', { as, body, ...more });
const jobOf = (as: string, taken: Answer) => ask('GET', (taken.headers.location ?? '').slice(origin.length), { as });
const idsOf = (found: Answer) => eventsOf(found).map(({ eventID }) => eventID);
const find = (as: string, query: string | Record<string, string> = '') => ask('GET', '/epcis/events', { as, query });
const named = (event: object, eventID: string, more: object = {}) => ({ ...event, eventID, ...more });
const proceed = { headers: { 'gs1-capture-error-behaviour': 'proceed' } };
const { epcList: _, ...sold } = selling;

/** One of each kind, an hour apart, oldest first. */
const journey = [harvest, packing, loading, logging, storing, selling].map((event, i) =>
  named(event, `urn:x:${i}`, { eventTime: `2026-06-0${i + 1}T09:00:00+07:00` }),
);

describe('a capture', () => {
  test('is taken, says where its job is, and its events are there', async () => {
    const seller = newSeller();
    const taken = await post(seller, capture(...journey));
    expect([taken.status, taken.body]).toEqual([202, null]);
    expect(taken.headers).toMatchObject({
      location: expect.stringMatching(/^https:\/\/chokinhbac\.test\/epcis\/capture\/cap_[0-9A-Z]{21}$/),
      'gs1-epcis-version': '2.0.0',
      'gs1-cbv-version': '2.0.0',
    });
    const job = await jobOf(seller, taken);
    expect([job.status, job.body]).toEqual([
      200,
      {
        captureID: taken.headers.location?.split('/').at(-1),
        createdAt: expect.any(String),
        finishedAt: expect.any(String),
        running: false,
        success: true,
        captureErrorBehaviour: 'rollback',
        errors: [],
      },
    ]);
    const found = await find(seller);
    expect(found.body).toMatchObject({
      '@context': 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld',
      type: 'EPCISQueryDocument',
      schemaVersion: '2.0',
    });
    expect(idsOf(found)).toEqual([5, 4, 3, 2, 1, 0].map((i) => `urn:x:${i}`));
    // The document's own prefix travels with the events that use it.
    const [last, first] = [eventsOf(found)[0], eventsOf(found)[5]];
    expect(first).toEqual({ ...journey[0], '@context': [{ ocop: 'https://ocop.example/' }], recordTime: expect.any(String) });
    expect(last).toEqual({ ...journey[5], recordTime: expect.any(String) });
    expect(found.headers.link).toBeUndefined();
  });

  test('may be a query document, and JSON-LD', async () => {
    const seller = newSeller();
    const headers = { 'content-type': 'application/ld+json; charset=utf-8' };
    expect((await post(seller, answer(named(harvest, 'urn:x:q')), { headers })).status).toBe(202);
    expect(idsOf(await find(seller))).toEqual(['urn:x:q']);
  });

  test('names events that have no name by what they say, so that the same again is the same', async () => {
    const seller = newSeller();
    for (const event of [harvest, { ...harvest, eventTime: '2026-06-01T02:00:00.000Z' }]) await post(seller, capture(event));
    expect(idsOf(await find(seller))).toEqual([expect.stringMatching(/^ni:\/\/\/sha-256;[\da-f]{64}\?ver=CBV2\.0$/)]);
  });

  test('with mistakes is refused whole, with a pointer to each', async () => {
    const seller = newSeller();
    const refused = await post(
      seller,
      capture(harvest, { ...loading, parentID: undefined }, { ...harvest, eventTime: '2099-01-01T00:00:00Z' }),
    );
    expect([refused.status, refused.headers['content-type'], refused.body.type, refused.body.code]).toEqual([
      400,
      'application/problem+json',
      'epcisException:ValidationException',
      'validation_failed',
    ]);
    expect(refused.body.errors).toEqual([
      { path: '/epcisBody/eventList/1/parentID', message: 'The parent (parentID) is missing' },
      { path: '/epcisBody/eventList/2/eventTime', message: 'This time is in the future' },
    ]);
    expect(idsOf(await find(seller))).toEqual([]);
    expect((await ask('GET', '/epcis/capture', { as: seller })).body).toEqual([]);
  });

  test('that says an event twice has one event; two under one ID are a mistake', async () => {
    for (const more of [{}, proceed]) {
      const seller = newSeller();
      const event = named(harvest, 'urn:x:twice');
      // The same in another spelling is the same.
      const again = { ...event, eventTime: new Date(String(harvest.eventTime)).toISOString() };
      const taken = await post(seller, capture(event, again, event), more);
      expect(taken.status).toBe(202);
      expect((await jobOf(seller, taken)).body).toMatchObject({ success: true, errors: [] });
      expect(idsOf(await find(seller))).toEqual(['urn:x:twice']);
    }
    const seller = newSeller();
    const refused = await post(seller, capture(named(harvest, 'urn:x:1'), named(packing, 'urn:x:1')));
    expect([refused.status, refused.body.errors]).toEqual([
      400,
      [{ path: '/epcisBody/eventList/1/eventID', message: 'This event ID is in the document already' }],
    ]);
    expect(idsOf(await find(seller))).toEqual([]);
  });

  test('that proceeds takes what is right and tells the rest in its job', async () => {
    const seller = newSeller();
    await post(seller, capture(named(harvest, 'urn:x:known')));
    const sent = capture(
      named(packing, 'urn:x:good'),
      { ...loading, parentID: undefined },
      named(packing, 'urn:x:known'),
      named(harvest, 'urn:x:known2'),
      named(harvest, 'urn:x:known2', { bizStep: 'storing' }),
    );
    const taken = await post(seller, sent, proceed);
    expect(taken.status).toBe(202);
    const error = (index: number, path: string, detail: string) => ({
      ...{ type: 'epcisException:ValidationException', title: 'Invalid event', status: 400, detail },
      path: `/epcisBody/eventList/${index}/${path}`,
    });
    expect((await jobOf(seller, taken)).body).toMatchObject({
      running: false,
      success: false,
      captureErrorBehaviour: 'proceed',
      errors: [
        error(1, 'parentID', 'The parent (parentID) is missing'),
        error(4, 'eventID', 'This event ID is in the document already'),
        error(2, 'eventID', 'This event ID stands for another event already'),
      ],
    });
    expect(idsOf(await find(seller)).sort()).toEqual(['urn:x:good', 'urn:x:known', 'urn:x:known2']);
    // A mistake of the document itself leaves nothing to go on with.
    const document = await post(seller, { ...capture(harvest), schemaVersion: '1.2' }, proceed);
    expect([document.status, (document.body.errors as object[])[0]]).toEqual([
      400,
      { path: '/schemaVersion', message: 'Only EPCIS 2.0 is accepted' },
    ]);
  });

  test('that meets another event under its ID fails whole: the job says so', async () => {
    const seller = newSeller();
    await post(seller, capture(named(harvest, 'urn:x:1')));
    const taken = await post(seller, capture(named(packing, 'urn:x:2'), named(packing, 'urn:x:1')));
    expect(taken.status).toBe(202);
    expect((await jobOf(seller, taken)).body).toMatchObject({
      running: false,
      success: false,
      captureErrorBehaviour: 'rollback',
      errors: [{ path: '/epcisBody/eventList/1/eventID' }],
    });
    expect(idsOf(await find(seller))).toEqual(['urn:x:1']);
  });

  test('of an error declaration stands beside its event, and must repeat it', async () => {
    const seller = newSeller();
    const event = named(harvest, 'urn:x:wrong');
    const declaration = { declarationTime: '2026-06-02T00:00:00Z', reason: 'incorrect_data', correctiveEventIDs: ['urn:x:right'] };
    await post(seller, capture(event));
    const both = capture({ ...event, errorDeclaration: declaration }, named(harvest, 'urn:x:right', { bizStep: 'storing' }));
    for (let i = 0; i < 2; i++) expect((await jobOf(seller, await post(seller, both))).body).toMatchObject({ success: true });
    expect(idsOf(await find(seller)).sort()).toEqual(['urn:x:right', 'urn:x:wrong', 'urn:x:wrong']);
    expect(idsOf(await find(seller, 'EXISTS_errorDeclaration=true'))).toEqual(['urn:x:wrong']);
    expect(idsOf(await find(seller, 'EQ_correctiveEventID=urn:x:right&EQ_errorReason=incorrect_data'))).toEqual(['urn:x:wrong']);
    const one = eventsOf(await ask('GET', '/epcis/events/urn:x:wrong', { as: seller }));
    expect(one.map(({ errorDeclaration }) => errorDeclaration)).toEqual([undefined, declaration]);
    const other = await post(seller, capture({ ...event, bizStep: 'storing', errorDeclaration: declaration }));
    expect((await jobOf(seller, other)).body).toMatchObject({
      success: false,
      errors: [{ detail: 'An error declaration must repeat the recorded event exactly' }],
    });
    const again = await post(seller, capture({ ...event, errorDeclaration: { ...declaration, reason: 'did_not_occur' } }));
    expect((await jobOf(seller, again)).body).toMatchObject({ success: false });
  });

  test('refuses what is too much, with its limits', async () => {
    const seller = newSeller();
    const many = await post(seller, capture(...Array.from({ length: 1_001 }, (_, i) => named(sold, `urn:x:${i}`))));
    const large = await ask('POST', '/epcis/capture', { as: seller, raw: ' '.repeat(4_000_001) });
    for (const refused of [many, large]) {
      expect([refused.status, refused.body.type]).toEqual([413, 'epcisException:CaptureLimitExceededException']);
      expect(refused.headers).toMatchObject({ 'gs1-epcis-capture-limit': '1000', 'gs1-epcis-capture-file-size-limit': '4000000' });
    }
    expect(idsOf(await find(seller))).toEqual([]);
  });

  test('of 500 events is there as a whole', { timeout: 60_000 }, async () => {
    const seller = newSeller();
    const events = Array.from({ length: 500 }, (_, i) => named(selling, `urn:x:${i}`, { epcList: [box(`S${i}`), box(`T${i}`)] }));
    const before = performance.now();
    const taken = await post(seller, capture(...events));
    const rate = 500 / ((performance.now() - before) / 1_000);
    expect((await jobOf(seller, taken)).body).toMatchObject({ running: false, success: true });
    expect(idsOf(await find(seller, 'perPage=500'))).toHaveLength(500);
    // The promise is 300 on a machine at rest; the bench measures.
    expect(rate).toBeGreaterThan(30);
    expect(await finish()).toEqual({ finished: 0 });
  });
});

describe('one event', () => {
  test('is created, answered and found at its own address', async () => {
    const seller = newSeller();
    const created = await ask('POST', '/epcis/events', {
      as: seller,
      body: { ...harvest, '@context': [{ ocop: 'https://ocop.example/' }] },
    });
    expect(created.status).toBe(201);
    const id = String(created.body.eventID);
    expect(created.headers.location).toBe(`${origin}/epcis/events/${encodeURIComponent(id)}`);
    expect(created.body).toMatchObject({ ...harvest, eventID: expect.stringMatching(/^ni:/), recordTime: expect.any(String) });
    // The gateway has decoded the path.
    const found = await ask('GET', `/epcis/events/${id}`, { as: seller });
    expect([found.status, idsOf(found)]).toEqual([200, [id]]);
    expect((await ask('GET', `/epcis/events/${id}`, { as: newSeller() })).status).toBe(404);
  });

  test('exists once', async () => {
    const seller = newSeller();
    const event = named(harvest, 'urn:uuid:374d95fc-9457-4a51-bd6a-0bba133845a8');
    expect((await ask('POST', '/epcis/events', { as: seller, body: event })).status).toBe(201);
    for (const body of [event, { ...event, bizStep: 'storing' }]) {
      const refused = await ask('POST', '/epcis/events', { as: seller, body });
      expect([refused.status, refused.body.type]).toEqual([409, 'epcisException:ResourceAlreadyExistsException']);
    }
    expect((await ask('POST', '/epcis/events', { as: newSeller(), body: event })).status).toBe(201);
    const both = await Promise.all([1, 2, 3, 4].map(() => ask('POST', '/epcis/events', { as: seller, body: named(packing, 'urn:x:p') })));
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
  });

  test('has the standard’s context once, whatever it brings itself', async () => {
    const standard = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld';
    const own = { ocop: 'https://ocop.example/' };
    for (const [sent, answered] of [
      [standard, [standard]],
      [[standard], [standard]],
      [
        [standard, own],
        [standard, own],
      ],
      [own, [standard, own]],
    ]) {
      const created = await ask('POST', '/epcis/events', { as: newSeller(), body: { ...harvest, '@context': sent } });
      expect([created.status, created.body['@context']]).toEqual([201, answered]);
    }
  });

  test('that is wrong is refused with pointers', async () => {
    const refused = await ask('POST', '/epcis/events', { as: newSeller(), body: { ...loading, parentID: box('A') } });
    expect([refused.status, refused.body.type, refused.body.errors]).toEqual([
      400,
      'epcisException:ValidationException',
      [{ path: '/childEPCs/0', message: 'A parent cannot be its own child' }],
    ]);
  });
});

describe('a query', () => {
  const urn = 'urn:epc:id:sgtin:8938500.000001.A';
  const cases: [query: string, found: number[]][] = [
    ['eventType=ObjectEvent', [4, 0]],
    ['eventType=ObjectEvent|AggregationEvent', [4, 2, 0]],
    ['eventType=ObjectEvent&eventType=AggregationEvent', [4, 2, 0]],
    ['EQ_bizStep=commissioning', [1, 0]],
    ['EQ_bizStep=https://ref.gs1.org/cbv/BizStep-commissioning', [1, 0]],
    ['EQ_bizStep=urn:epcglobal:cbv:bizstep:commissioning%7Cpacking', [2, 1, 0]],
    ['EQ_disposition=retail_sold', [5]],
    ['EQ_action=OBSERVE', [4]],
    [`MATCH_epc=${box('A')}`, [5, 2]],
    [`MATCH_anyEPC=${box('A')}`, [5, 2, 1]],
    [`MATCH_anyEPC=${urn}`, [5, 2, 1]],
    [`MATCH_anyEPC=${urn}&orderBy=eventTime&orderDirection=ASC`, [1, 2, 5]],
    [`MATCH_anyEPC=${box('B')}|${pallet}`, [4, 3, 2, 1]],
    [`MATCH_parentID=${pallet}`, [3, 2]],
    [`MATCH_outputEPC=${box('B')}`, [1]],
    [`MATCH_inputEPC=${box('B')}`, []],
    [`MATCH_anyEPCClass=${lot}`, [1, 0]],
    [`MATCH_epcClass=urn:epc:class:lgtin:8938500.000001.L1`, [0]],
    [`MATCH_inputEPCClass=${lot}`, [1]],
    [`MATCH_epc=${box('A')}&MATCH_parentID=${pallet}`, [2]],
    ['EQ_eventID=urn:x:3|urn:x:0|urn:x:9', [3, 0]],
    ['GE_eventTime=2026-06-02T02:00:00Z&LT_eventTime=2026-06-04T09:00:00%2B07:00', [2, 1]],
    ['GE_eventTime=2026-06-04T00:00:00Z&LT_eventTime=2026-06-03T00:00:00Z', []],
    ['EQ_readPoint=https://id.gs1.org/414/0614141123452/254/LINE1&EQ_action=OBSERVE', [4]],
    ['EQ_readPoint=urn:epc:id:sgln:0614141.12345.LINE1&EQ_action=OBSERVE', [4]],
    ['EQ_bizLocation=urn:epc:id:sgln:0614141.12345.0', [0]],
    ['EQ_bizTransaction_inv=urn:epcglobal:cbv:bt:0614141123452:ORD-1', [5]],
    ['EQ_bizTransaction_po=urn:epcglobal:cbv:bt:0614141123452:ORD-1', []],
    ['EQ_source_owning_party=https://id.gs1.org/417/0614141123452', [5]],
    ['EQ_type=Temperature', [4]],
    ['EQ_booleanValue=true', [4]],
    ['GE_quantity=820', [0]],
    ['LT_quantity=820', [1]],
    ['GE_startTime=2026-06-01T00:00:00Z&LT_endTime=2026-06-01T01:00:00.001Z', [4]],
    ['MATCH_epc=urn:epc:idpat:sgtin:8938500.000001.*', [5, 2]],
    ['MATCH_anyEPC=urn:epc:idpat:sgtin:8938500.*.*', [5, 2, 1]],
    ['MATCH_anyEPC=urn:epc:idpat:sgtin:8938500.000002.*', []],
    [`MATCH_anyEPC=urn:epc:idpat:sgtin:8938500.000002.*|${pallet}`, [4, 3, 2]],
    ['MATCH_parentID=urn:epc:idpat:sscc:0614141.*', [3, 2]],
    ['MATCH_parentID=urn:epc:idpat:sscc:0614142.*', []],
    [`MATCH_parentID=urn:epc:idpat:sscc:0614141.*&MATCH_epc=${box('A')}`, [2]],
    ['MATCH_epcClass=urn:epc:idpat:lgtin:8938500.000001.*', [0]],
    ['MATCH_anyEPCClass=urn:epc:idpat:lgtin:8938500.*.*&orderDirection=ASC', [0, 1]],
    ['EQ_meanValue_CEL=4.2', [4]],
    ['GT_meanValue_CEL=4.2', []],
    ['GE_maxValue_CEL=5.4&LE_minValue_CEL=3.1', [4]],
    ['LT_minValue_CEL=3.1', []],
    ['EQ_meanValue_CEL=91', []],
    ['GE_value_CEL=-40', []],
    ['GE_maxValue_FAH=1', []],
    ['EXISTS_ilmd=true', [0]],
    ['EXISTS_ILMD_ocop:variety=true', [0]],
    ['EXISTS_ILMD_ocop:growers=true', []],
    ['EQ_ILMD_ocop:variety=other|V%E1%BA%A3i%20thi%E1%BB%81u', [0]],
    ['EQ_ILMD_ocop:variety=other', []],
    ['EXISTS_ocop:variety=true', []],
    ['EXISTS_errorDeclaration=true', []],
    ['EXISTS_errorDeclaration=false&eventCountLimit=2', [5, 4]],
    ['maxEventCount=6&perPage=2', [5, 4]],
    ['orderBy=recordTime&orderDirection=ASC&EQ_action=OBSERVE', [4]],
    [`orderBy=recordTime&MATCH_anyEPCClass=${lot}&EQ_action=ADD`, [0]],
    ['LT_recordTime=2000-01-01T00:00:00Z', []],
    ['GE_recordTime=2000-01-01T00:00:00Z&EQ_action=OBSERVE', [4]],
  ];
  let seller: string;
  beforeAll(async () => {
    seller = newSeller();
    await post(seller, capture(...journey));
  });
  test.each(cases)('%s', async (query, found) => {
    const got = await find(seller, query);
    expect([got.status, got.status === 200 ? idsOf(got) : got.body]).toEqual([200, found.map((i) => `urn:x:${i}`)]);
  });

  test.each([
    'nope=1',
    'eq_action=ADD',
    'EQ_action=ADDED',
    'eventType=QuantityEvent',
    'EQ_action=',
    'MATCH_epc=abc',
    'MATCH_epc=https://id.gs1.org/01/08938500000011/21/A',
    'MATCH_epc=urn:epc:idpat:sgtin:8938500.*.1',
    'MATCH_epc=urn:epc:idpat:sgtin:*.000001.*',
    'MATCH_epc=urn:epc:idpat:sgtin:8938500.000001',
    'MATCH_epc=urn:epc:idpat:sgtin:8938500.00001.*',
    'MATCH_epc=urn:epc:idpat:nope:8938500.*',
    'EQ_readPoint=urn:epc:idpat:sgln:0614141.12345.*',
    'MATCH_epc=mailto:a@b.c',
    'GE_value=2',
    'GE_value_CEL=cold',
    'GE_value_CEL=2|3',
    'GE_stringValue_CEL=2',
    'EXISTS_ilmd=yes',
    'EQ_ILMD_=x',
    'EQ_ILMD_variety=x',
    'EQ_INNER_ocop:variety=x',
    'EQ_ocop:=x',
    'GE_ocop:weight=many',
    'EXISTS_bizStep=true',
    'GE_eventTime=2026-06-01',
    'GE_eventTime=2026-06-01T00:00:00',
    'GE_eventTime=2026-06-01T00:00:00Z&GE_eventTime=2026-06-02T00:00:00Z',
    'orderBy=eventID',
    'orderDirection=UP',
    'perPage=0',
    'perPage=x',
    'eventCountLimit=-1',
    'eventCountLimit=1&maxEventCount=1',
    'EXISTS_errorDeclaration=yes',
    'GE_quantity=many',
    'nextPageToken=x',
    'EQ_bizTransaction_=x',
    '__proto__=1',
    'constructor=1',
  ])('%s is refused', async (query) => {
    const refused = await find(seller, query);
    expect([refused.status, refused.body.type, refused.body.code]).toEqual([
      400,
      'epcisException:QueryParameterException',
      'validation_failed',
    ]);
    expect((refused.body.errors as { path: string }[])[0]?.path).toMatch(/^query\./);
  });

  test('for more than it wants is refused as too large', async () => {
    const refused = await find(seller, 'maxEventCount=5');
    expect([refused.status, refused.body.type]).toEqual([413, 'epcisException:QueryTooLargeException']);
    const complex = await find(seller, `MATCH_epc=${Array.from({ length: 51 }, (_, i) => box(`A${i}`)).join('|')}`);
    expect([complex.status, complex.body.type]).toEqual([413, 'epcisException:QueryTooComplexException']);
  });

  test('answers links unless the form as captured is asked for', async () => {
    const own = newSeller();
    await post(own, capture(named(selling, 'urn:x:u', { epcList: [urn], readPoint: { id: 'urn:epc:id:sgln:0614141.12345.LINE1' } })));
    const [linked] = eventsOf(await find(own));
    expect([linked?.epcList, linked?.readPoint]).toEqual([[box('A')], selling.readPoint]);
    for (const format of ['No_Preference', 'Never_Translates']) {
      const found = await ask('GET', '/epcis/events', { as: own, headers: { 'gs1-epc-format': format } });
      expect(eventsOf(found)[0]?.epcList).toEqual([urn]);
    }
    expect(idsOf(await find(own, `MATCH_epc=${box('A')}`))).toEqual(['urn:x:u']);
    const refused = await ask('GET', '/epcis/events', { as: own, headers: { 'gs1-epc-format': 'Always_EPC_URN' } });
    expect([refused.status, refused.body.type]).toEqual([406, 'epcisException:NotAcceptableException']);
  });
});

describe('pages', () => {
  const walk = async (as: string, path: string, query: string, between: () => Promise<unknown> = async () => undefined) => {
    const pages: Answer[] = [];
    for (let next: string | undefined = query; next !== undefined; ) {
      const page: Answer = await ask('GET', path, { as, query: next });
      expect(page.status, JSON.stringify(page.body)).toBe(200);
      pages.push(page);
      next = nextQuery(page);
      if (next !== undefined) await between();
    }
    return pages;
  };
  const days = Array.from({ length: 25 }, (_, i) =>
    named(harvest, `urn:x:${i}`, { eventTime: `2026-05-${String(i + 1).padStart(2, '0')}T00:00:00Z` }),
  );
  const newestFirst = days.map(({ eventID }) => eventID).reverse();

  test.each([
    'perPage=7',
    `perPage=7&MATCH_anyEPCClass=${lot}`,
    `perPage=7&orderBy=eventTime&orderDirection=DESC`,
    'perPage=7&EQ_action=ADD|OBSERVE',
  ])('%s: no event twice, none missing, while others arrive before, between and behind', async (query) => {
    const as = newSeller();
    await post(as, capture(...days));
    let n = 0;
    const pages = await walk(as, '/epcis/events', query, () => {
      n++;
      return post(
        as,
        capture(...['01', '12', '31'].map((day) => named(harvest, `urn:y:${n}:${day}`, { eventTime: `2026-05-${day}T12:00:00Z` }))),
      );
    });
    expect(pages.map((page) => eventsOf(page).length)).toEqual([7, 7, 7, 4]);
    expect(pages.flatMap(idsOf)).toEqual(newestFirst);
    expect(idsOf(await find(as, 'perPage=100'))).toHaveLength(25 + 9);
    const expires = Date.parse(pages[0]?.headers['gs1-next-page-token-expires'] ?? '');
    expect(expires).toBeGreaterThan(Date.now() + 3_600_000);
  });

  test('end at the number of events that was asked for', async () => {
    const as = newSeller();
    await post(as, capture(...days));
    expect((await walk(as, '/epcis/events', 'perPage=4&eventCountLimit=10')).map((page) => eventsOf(page).length)).toEqual([4, 4, 2]);
    expect((await walk(as, '/epcis/events', 'perPage=5&eventCountLimit=10')).map((page) => eventsOf(page).length)).toEqual([5, 5]);
    expect((await walk(as, '/epcis/events', 'perPage=25')).length).toBe(1);
    expect((await walk(as, '/epcis/events', 'perPage=7&orderBy=recordTime&orderDirection=ASC')).flatMap(idsOf).sort()).toEqual(
      [...newestFirst].sort(),
    );
    const [size] = (await walk(as, '/epcis/events', '')).map((page) => eventsOf(page).length);
    expect(size).toBe(25);
  });

  test('have tokens for their own query, seller and address only', async () => {
    const as = newSeller();
    const other = newSeller();
    for (const seller of [as, other]) await post(seller, capture(...days));
    const token = String(new URLSearchParams(nextQuery(await find(as, 'perPage=7&EQ_action=ADD'))).get('nextPageToken'));
    const status = async (who: string, path: string, query: string) => (await ask('GET', path, { as: who, query })).status;
    expect(await status(as, '/epcis/events', `perPage=3&EQ_action=ADD&nextPageToken=${token}`)).toBe(200);
    expect(await status(as, '/epcis/events', `nextPageToken=${token}`)).toBe(400);
    expect(await status(as, '/epcis/events', `EQ_action=OBSERVE&nextPageToken=${token}`)).toBe(400);
    expect(await status(other, '/epcis/events', `EQ_action=ADD&nextPageToken=${token}`)).toBe(400);
    expect(await status(as, '/epcis/bizSteps/commissioning/events', `EQ_action=ADD&nextPageToken=${token}`)).toBe(400);
    expect(await status(as, '/epcis/epcs', `nextPageToken=${token}`)).toBe(400);
    const spoiled = JSON.parse(Buffer.from(token, 'base64url').toString()) as Record<string, unknown>;
    for (const change of [{ after: '' }, { after: 'x' }, { after: '\u0000' }, { expires: 0 }, { shown: 'x' }, { asOf: 1 }, { of: 'x' }]) {
      const bad = Buffer.from(JSON.stringify({ ...spoiled, ...change })).toString('base64url');
      expect(await status(as, '/epcis/events', `EQ_action=ADD&nextPageToken=${bad}`), JSON.stringify(change)).toBe(400);
    }
  });

  test('of capture jobs go from the newest to the oldest', async () => {
    const as = newSeller();
    const ids: string[] = [];
    for (let i = 0; i < 5; i++)
      ids.unshift(String((await post(as, capture(named(harvest, `urn:x:${i}`)))).headers.location?.split('/').at(-1)));
    const pages = await walk(as, '/epcis/capture', 'perPage=2');
    expect(pages.map(({ body }) => (body as unknown as { captureID: string }[]).map(({ captureID }) => captureID))).toEqual([
      ids.slice(0, 2),
      ids.slice(2, 4),
      ids.slice(4),
    ]);
  });
});

describe('a collection', () => {
  let seller: string;
  beforeAll(async () => {
    seller = newSeller();
    await post(seller, capture(...journey, named(harvest, 'urn:x:own', { bizStep: 'https://ocop.example/step-weighing' })));
  });
  const members = async (path: string, query = '') => {
    const { status, body } = await ask('GET', path, { as: seller, query });
    return [status, body.type, body.member];
  };
  const behind = async (path: string, query = '', as = seller) => {
    const found = await ask('GET', path, { as, query });
    return found.status === 200 ? idsOf(found) : found.status;
  };

  test('lists its members', async () => {
    expect(await members('/epcis')).toEqual([
      200,
      'Collection',
      ['capture', 'events', 'eventTypes', 'epcs', 'bizSteps', 'dispositions', 'bizLocations', 'readPoints'],
    ]);
    expect((await members('/epcis/eventTypes'))[2]).toEqual([
      ...['AggregationEvent', 'AssociationEvent', 'ObjectEvent', 'TransactionEvent', 'TransformationEvent'],
    ]);
    expect((await members('/epcis/epcs'))[2]).toEqual([pallet, lot, box('A'), box('B'), 'https://id.gs1.org/8004/8931234500LOGGER42']);
    expect((await members('/epcis/bizLocations'))[2]).toEqual(['https://id.gs1.org/414/0614141123452']);
    expect((await members('/epcis/readPoints'))[2]).toEqual(['https://id.gs1.org/414/0614141123452/254/LINE1']);
    expect((await members('/epcis/dispositions', 'perPage=2'))[2]).toEqual(['active', 'available']);
    const steps = (await members('/epcis/bizSteps', 'perPage=100'))[2] as string[];
    expect([steps.length, steps[0], steps.at(-1)]).toEqual([42, 'accepting', 'https://ocop.example/step-weighing']);
    expect((await ask('GET', '/epcis/epcs', { as: newSeller() })).body.member).toEqual([]);
  });

  test('is walked page by page', async () => {
    for (const [path, count] of [
      ['/epcis/epcs', 5],
      ['/epcis/bizSteps', 42],
      ['/epcis/eventTypes', 5],
      ['/epcis/readPoints', 1],
    ] as const) {
      const whole = (await ask('GET', path, { as: seller, query: 'perPage=100' })).body.member;
      const seen: string[] = [];
      for (let next: string | undefined = 'perPage=2'; next !== undefined; ) {
        const page: Answer = await ask('GET', path, { as: seller, query: next });
        seen.push(...(page.body.member as string[]));
        next = nextQuery(page);
      }
      expect(seen).toEqual(whole);
      expect(seen).toHaveLength(count);
    }
  });

  test('leads to events', async () => {
    expect(await behind('/epcis/eventTypes/AggregationEvent/events')).toEqual(['urn:x:2']);
    expect(await behind(`/epcis/epcs/${box('A')}/events`)).toEqual(['urn:x:5', 'urn:x:2', 'urn:x:1']);
    expect(await behind('/epcis/epcs/urn:epc:id:sgtin:8938500.000001.A/events', 'EQ_action=ADD&eventType=AggregationEvent')).toEqual([
      'urn:x:2',
    ]);
    // A proxy on the way may have made one slash of two.
    expect(await behind(`/epcis/epcs/${lot.replace('//', '/')}/events`, 'orderDirection=ASC')).toEqual(['urn:x:0', 'urn:x:own', 'urn:x:1']);
    expect(await behind('/epcis/bizSteps/storing/events')).toEqual(['urn:x:4']);
    expect(await behind('/epcis/bizSteps/urn:epcglobal:cbv:bizstep:storing/events')).toEqual(['urn:x:4']);
    expect(await behind('/epcis/bizSteps/storing/events', 'EQ_bizStep=packing')).toEqual([]);
    expect(await behind('/epcis/bizSteps/shipping/events')).toEqual([]);
    expect(await behind('/epcis/dispositions/retail_sold/events')).toEqual(['urn:x:5']);
    expect(await behind('/epcis/bizLocations/urn:epc:id:sgln:0614141.12345.0/events', 'EQ_bizStep=commissioning')).toEqual(['urn:x:0']);
    expect(await behind('/epcis/readPoints/https://id.gs1.org/414/0614141123452/254/LINE1/events', 'EQ_action=OBSERVE')).toEqual([
      'urn:x:4',
    ]);
    for (const path of ['eventTypes/ObjectEvent', `epcs/${box('A')}`, 'bizSteps/shipping', 'dispositions/active'])
      expect((await members(`/epcis/${path}`)).slice(1)).toEqual(['Collection', ['events']]);
  });

  test('knows what it does not know, and another seller’s things', async () => {
    for (const path of [
      `epcs/${box('ZZ')}/events`,
      `epcs/${box('ZZ')}`,
      'eventTypes/QuantityEvent/events',
      'bizSteps/dancing',
      'bizLocations/https://id.gs1.org/414/0614141123453/events',
      'events/urn:x:none',
      `capture/cap_${'0'.repeat(21)}`,
      `readPoints/${'x'.repeat(5_000)}/events`,
      ...['queries', 'queries/mine/events', 'constructor/x'],
    ])
      expect(await behind(`/epcis/${path}`), path).toBe(404);
    expect(await behind(`/epcis/epcs/${box('A')}/events`, '', newSeller())).toBe(404);
    expect(await behind('/epcis/events/urn:x:0', '', newSeller())).toBe(404);
    expect(await behind('/epcis/events', '', newSeller())).toEqual([]);
  });
});

describe('what is spoken', () => {
  test('is told by OPTIONS', async () => {
    const { status, headers } = await ask('OPTIONS', '/epcis/capture');
    expect(status).toBe(204);
    expect(headers).toMatchObject({
      allow: 'GET, HEAD, POST, OPTIONS',
      'gs1-epcis-version': '2.0.0',
      'gs1-epcis-min': '2.0.0',
      'gs1-epcis-max': '2.0.0',
      'gs1-cbv-version': '2.0.0',
      'gs1-epcis-capture-limit': '1000',
      'gs1-epcis-capture-file-size-limit': '4000000',
      'gs1-capture-error-behaviour': 'all',
    });
    const other = await ask('OPTIONS', `/epcis/epcs/${box('A')}/events`);
    expect([other.status, other.headers.allow]).toEqual([204, 'GET, HEAD, OPTIONS']);
    expect((await ask('OPTIONS', '/epcis/queries')).status).toBe(404);
  });

  test.each([
    ['gs1-epcis-version', '2.0.0', 200],
    ['gs1-epcis-version', '2.0', 200],
    ['gs1-epcis-version', '1.2.0', 406],
    ['gs1-cbv-version', '2.1', 406],
    ['gs1-epcis-min', '1.2.0', 200],
    ['gs1-epcis-min', '2.1.0', 406],
    ['gs1-epcis-max', '2.1.0', 200],
    ['gs1-epcis-max', '1.2', 406],
    ['gs1-cbv-max', 'new', 406],
    ['gs1-epc-format', 'Whatever', 406],
    ['accept', 'application/json', 200],
    ['accept', 'application/ld+json', 200],
    ['accept', 'application/xml, */*;q=0.1', 200],
    ['accept', 'application/xml', 406],
    ['accept', '', 200],
    // Whoever names only the form of errors does not mind the form of answers.
    ['accept', 'application/problem+json', 200],
    ['accept', 'application/xml, application/problem+json', 406],
    ['accept', 'application/json;q=0, application/problem+json', 406],
    ['accept', 'application/json;q=0', 406],
    ['accept', 'application/json;q=0, text/html', 406],
  ] as const)('%s: %s → %i', async (name, value, status) => {
    const got = await ask('GET', '/epcis/events', { as: newSeller(), headers: { [name]: value } });
    expect(got.status).toBe(status);
    if (status === 406)
      expect(got.body).toMatchObject({ type: 'epcisException:NotAcceptableException', status: 406, code: 'not_acceptable' });
    else expect(got.headers['content-type']).toBe(value === 'application/ld+json' ? value : 'application/json');
  });

  test('are EPCIS’s own names of what went wrong', async () => {
    const seller = newSeller();
    const told = ({ status, body }: Answer) => `${status} ${String(body.type).replace('epcisException:', '')} ${body.code}`;
    expect(told(await find(''))).toBe('401 SecurityException unauthenticated');
    expect(told(await find('shopper'))).toBe('403 SecurityException forbidden');
    for (const path of ['/epcis/capture', '/epcis/events']) {
      const malformed = await ask('POST', path, { as: seller, raw: '{' });
      expect(told(malformed)).toBe('400 ValidationException malformed_json');
      expect(malformed.body.errors).toEqual([{ path: '', message: 'The body is not well-formed JSON.' }]);
    }
    expect(told(await ask('POST', '/epcis/capture', { as: seller, raw: '<a/>', headers: { 'content-type': 'application/xml' } }))).toBe(
      '415 UnsupportedMediaTypeException unsupported_media_type',
    );
    expect(told(await post(seller, capture(harvest), { headers: { 'gs1-capture-error-behaviour': 'hope' } }))).toBe(
      '400 ValidationException validation_failed',
    );
    expect(told(await ask('GET', '/epcis/events/urn:x:none', { as: seller }))).toBe('404 NoSuchResourceException not_found');
  });
});
