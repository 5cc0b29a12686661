import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { startEngine as startLocalEngine } from '../../infra/local/engine.ts';
import { openStreamRecords } from '../../infra/local/stream-records.ts';
import { keepTables } from '../../infra/local/tables.ts';

/**
 * The real engine with the manifest's tables, one per test file. Call it before the first import of anything under `functions/`,
 * which reads its settings when it is loaded.
 */
export async function startEngine(): Promise<{ endpoint: string; stop: () => Promise<void> }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'kinh-bac-store-'));
  mkdirSync(join(dataDir, 'children'));
  const { endpoint, child, databasePath } = await startLocalEngine(dataDir);
  if (databasePath) openStreamRecords(databasePath).close();
  Object.assign(process.env, {
    DYNAMODB_ENDPOINT: endpoint,
    AWS_REGION: 'ap-southeast-1',
    COMMERCE_TABLE: 'commerce',
    TRACEABILITY_TABLE: 'traceability',
    REPORTING_TABLE: 'reporting',
    PUBLIC_ORIGIN: 'https://chokinhbac.test',
  });
  const client = new DynamoDBClient({
    region: 'ap-southeast-1',
    endpoint,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  await keepTables(client);
  client.destroy();
  return {
    endpoint,
    async stop() {
      await child?.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
