import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Context } from 'aws-lambda';
import type { FunctionSpec } from '../manifest.ts';
import { Stop } from './say.ts';
import { root } from './settings.ts';

/** The function did not answer within its time; it may still be writing, as on AWS one that is frozen may have written. */
export class FunctionTimeout extends Error {}

export interface LoadedFunction {
  spec: FunctionSpec;
  /** @throws FunctionTimeout, or whatever the function throws */
  invoke: (event: unknown, requestId?: string) => Promise<unknown>;
}

type Handler = (event: unknown, context: Context) => Promise<unknown>;

function contextOf(spec: FunctionSpec, requestId: string, deadline: number): Context {
  return {
    callbackWaitsForEmptyEventLoop: false,
    functionName: spec.name,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:local:000000000000:function:${spec.name}`,
    memoryLimitInMB: String(spec.memoryMb),
    awsRequestId: requestId,
    logGroupName: `/aws/lambda/${spec.name}`,
    logStreamName: 'local',
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
    // Of Lambda's older ways to answer; the type asks for them.
    done: () => undefined,
    fail: () => undefined,
    succeed: () => undefined,
  };
}

async function handlerOf(spec: FunctionSpec, file: string): Promise<Handler> {
  if (!existsSync(file)) throw new Stop(`Hàm ${spec.name} không có tệp ${file}.`, `function ${spec.name} has no file ${file}`);
  const module: { handler?: Handler } = await import(pathToFileURL(file).href);
  if (typeof module.handler !== 'function') throw new Stop(`Tệp ${file} không xuất \`handler\`.`, `${file} does not export \`handler\``);
  return module.handler;
}

/**
 * The market's functions, from their sources or, with `bundles`, from what would be deployed to AWS.
 * The environment must be complete before: modules read it while they load.
 * @throws Stop naming the functions whose file is missing
 */
export async function loadFunctions(specs: readonly FunctionSpec[], bundles?: string): Promise<LoadedFunction[]> {
  const fileOf = (spec: FunctionSpec) => (bundles ? resolve(bundles, spec.name, 'index.mjs') : resolve(root, spec.entry));
  const missing = specs.filter((spec) => !existsSync(fileOf(spec)));
  if (missing.length > 0) {
    const list = missing.map((spec) => `function ${spec.name} has no file ${bundles ? fileOf(spec) : spec.entry}`).join('; ');
    throw new Stop(`Thiếu tệp của ${missing.length} hàm.`, list);
  }
  return Promise.all(
    specs.map(async (spec): Promise<LoadedFunction> => {
      const handler = await handlerOf(spec, fileOf(spec));
      return {
        spec,
        async invoke(event, requestId = randomUUID()) {
          const limit = spec.timeoutSeconds * 1_000;
          let timer: NodeJS.Timeout | undefined;
          const late = new Promise<never>((_, reject) => {
            timer = setTimeout(() => reject(new FunctionTimeout(`${spec.name} took more than ${spec.timeoutSeconds} s`)), limit);
          });
          try {
            return await Promise.race([handler(event, contextOf(spec, requestId, Date.now() + limit)), late]);
          } finally {
            clearTimeout(timer);
          }
        },
      };
    }),
  );
}
