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
      routes
        .map(([, { method, path }]) => `${method} ${path}`)
        // OpenAPI cannot say that a parameter may hold slashes.
        .filter((route) => !route.endsWith('{proxy+}'))
        .sort(),
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
    const byId = new Map(routes);
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
