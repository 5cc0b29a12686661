import { Validator } from '@seriousme/openapi-schema-validator';
import { beforeAll, describe, expect, test } from 'vitest';
import { contracts } from '../../../shared/contracts.ts';
import type { Route } from '../../../shared/platform/contract.ts';
import { openapi } from '../../../shared/platform/openapi.ts';

interface Parameter {
  name: string;
  in: string;
  required: boolean;
}
interface Operation {
  operationId: string;
  parameters: Parameter[];
  responses: Record<string, { content?: Record<string, { schema: Record<string, unknown> }> }>;
  security: unknown[];
}

const document = openapi(contracts, 'https://chokinhbac.test');
const paths = document.paths as Record<string, Record<string, Operation>>;
const operations = Object.entries(paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
);
const routes = Object.values(contracts).flatMap((contract) => Object.entries(contract) as [string, Route][]);
/** OpenAPI cannot say that a parameter may hold slashes: such a route names the addresses behind it that are worth a word. */
const shown = routes.flatMap(([name, route]): [string, Route][] =>
  route.path.endsWith('{proxy+}')
    ? (route.documented ?? []).map(({ operationId, ...own }) => [operationId, { ...route, ...own }])
    : [[name, route]],
);

describe('the OpenAPI document', () => {
  let result: Awaited<ReturnType<Validator['validate']>>;
  let version: string | undefined;
  beforeAll(async () => {
    const validator = new Validator();
    result = await validator.validate(JSON.parse(JSON.stringify(document)) as Record<string, unknown>);
    version = validator.version;
  });

  test('is a valid OpenAPI 3.1 document', () => {
    expect(result.errors ?? []).toEqual([]);
    expect(result.valid).toBe(true);
    expect(version).toBe('3.1');
  });

  test('holds every route of every contract, once', () => {
    expect(operations.map(({ path, method }) => `${method.toUpperCase()} ${path}`).sort()).toEqual(
      shown.map(([, { method, path }]) => `${method} ${path}`).sort(),
    );
  });

  test('operationIds are unique over all contexts', () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
  });

  test('declares exactly the parameters that stand in each path, as required', () => {
    for (const { path, operation } of operations) {
      const inPath = [...path.matchAll(/\{([^}]+)\}/g)].map((m) => m[1]);
      const declared = operation.parameters.filter((p) => p.in === 'path');
      expect(declared.map((p) => p.name).sort(), path).toEqual(inPath.sort());
      expect(
        declared.every((p) => p.required),
        path,
      ).toBe(true);
    }
  });

  test('asks for Idempotency-Key where the contract says so, and only there', () => {
    const asking = operations.filter(({ operation }) =>
      operation.parameters.some((p) => p.name === 'Idempotency-Key' && p.in === 'header' && p.required),
    );
    expect(asking.map(({ operation }) => operation.operationId).sort()).toEqual(
      routes
        .filter(([, r]) => r.idempotent)
        .map(([name]) => name)
        .sort(),
    );
    expect(asking.map(({ operation }) => operation.operationId)).toContain('placeOrder');
  });

  test('every reference leads to a schema, and no schema points into $defs', () => {
    const schemas = (document.components as { schemas: Record<string, unknown> }).schemas;
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map((m) => String(m[1]));
    expect(references.length).toBeGreaterThan(10);
    const unknown = references.filter(
      (ref) => !ref.startsWith('#/components/schemas/') || !(ref.slice('#/components/schemas/'.length) in schemas),
    );
    expect(unknown).toEqual([]);
  });

  test('a protected route asks for the bearer token and can answer 401 and 403; a public one asks for nothing', () => {
    const byId = new Map(shown);
    for (const { operation } of operations) {
      const route = byId.get(operation.operationId);
      const isPublic = route?.callers === 'anyone';
      expect(operation.security, operation.operationId).toEqual(isPublic ? [] : [{ bearer: [] }]);
      if (!isPublic) expect(Object.keys(operation.responses), operation.operationId).toEqual(expect.arrayContaining(['401', '403']));
    }
  });

  test('every problem answer is application/problem+json of the one Problem schema', () => {
    for (const { operation } of operations) {
      for (const [status, { content }] of Object.entries(operation.responses)) {
        if (Number(status) < 400) continue;
        expect(content, `${operation.operationId} ${status}`).toEqual({
          'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
        });
      }
    }
  });
});

describe('what stands behind a greedy path', () => {
  const statusesOf = (method: string, path: string) => Object.keys(paths[path]?.[method]?.responses ?? {});
  const answersOf = (method: string, path: string) =>
    Object.entries(paths[path]?.[method]?.responses ?? {}).flatMap(([status, { content }]) =>
      Number(status) < 300 ? [`${status} ${Object.keys(content ?? {}).join()}`.trim()] : [],
    );

  test('of EPCIS: each address with what it answers, and 400 for what is wrong', () => {
    const read = ['/epcis/events/{eventID}', '/epcis/{collection}/{name}', '/epcis/{collection}/{name}/events'];
    for (const path of read)
      expect(statusesOf('get', path), path).toEqual(expect.arrayContaining(['200', '400', '401', '403', '404', '406']));
    const own = Object.keys(paths).filter((path) => /^\/epcis(?:\/|$)/.test(path));
    expect(own.filter((path) => !paths[path]?.options)).toEqual([]);
    for (const path of own) {
      expect(answersOf('options', path), path).toEqual(['204']);
      for (const method of ['get', 'post']) expect(statusesOf(method, path), `${method} ${path}`).not.toContain('422');
    }
    expect(statusesOf('options', '/epcis/capture')).toEqual(['204']);
    const asked = paths['/epcis/{collection}/{name}/events']?.get?.parameters.map(({ name }) => name);
    expect(asked).toEqual(expect.arrayContaining(['collection', 'name', 'MATCH_anyEPC', 'perPage', 'accept']));
    expect(paths['/epcis/events/{eventID}']?.get?.parameters.filter(({ in: place }) => place === 'query')).toEqual([]);
  });

  test('of the resolver: every form of a link, its linkset, and 400 for a malformed one', () => {
    const forms = ['', '/10/{lot}', '/21/{serial}', '/10/{lot}/21/{serial}'];
    const links = [...forms, ...forms.map((form) => `/22/{cpv}${form}`), '/235/{thirdParty}'].map((form) => `/01/{gtin}${form}`);
    expect(
      Object.keys(paths)
        .filter((path) => path.startsWith('/01/'))
        .sort(),
    ).toEqual([...links].sort());
    for (const path of links) {
      expect(statusesOf('get', path), path).toEqual(['200', '307', '400', '404']);
      expect(answersOf('get', path), path).toEqual(['200 application/linkset+json']);
      expect(answersOf('options', path), path).toEqual(['204']);
    }
  });
});

test('no two routes could both take one request', () => {
  const shapes = routes.map(([, r]) => `${r.method} ${r.path.replaceAll(/\{[^}+]+\}/g, '{}')}`);
  expect(shapes.filter((s, i) => shapes.indexOf(s) !== i)).toEqual([]);
});

test('a money-moving POST that API.md names takes an Idempotency-Key', () => {
  const needing = ['placeOrder', 'recordLot', 'issueCodes', 'refund', 'createReport'];
  const named = routes.filter(([name]) => needing.includes(name));
  expect(named.map(([name]) => name)).toEqual(expect.arrayContaining(['placeOrder', 'recordLot', 'issueCodes', 'refund']));
  expect(named.filter(([, r]) => !r.idempotent)).toEqual([]);
});
