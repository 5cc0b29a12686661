import { log } from './log.ts';

const known = new Map<string, Promise<string | undefined>>();

/**
 * A partner's secret. On one machine it stands in the environment; on AWS the environment only names the SSM parameter
 * (`<NAME>_PARAMETER`), which is read once per cold start, so that no secret shows in a function's settings.
 */
export function secret(name: string): Promise<string | undefined> {
  const here = process.env[name];
  if (here) return Promise.resolve(here);
  const parameter = process.env[`${name}_PARAMETER`];
  if (!parameter) return Promise.resolve(undefined);
  let value = known.get(name);
  if (!value) {
    value = fetchParameter(parameter).catch((error: unknown) => {
      known.delete(name);
      log.error('secret could not be read', { parameter, error: error as Error });
      throw error;
    });
    known.set(name, value);
  }
  return value;
}

async function fetchParameter(name: string): Promise<string | undefined> {
  const { GetParameterCommand, SSMClient } = await import('@aws-sdk/client-ssm');
  const { Parameter } = await new SSMClient({}).send(new GetParameterCommand({ Name: name, WithDecryption: true }));
  return Parameter?.Value;
}
