/**
 * `npm start`: the whole market on this machine, with the functions, events and tables that run on AWS (infra/manifest.ts names them for both).
 * Read from top to bottom: what is started, in which order, and how it ends.
 */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { functions as manifest } from '../manifest.ts';
import { endStaleChildren, stopAllChildren } from './children.ts';
import { takeDataDir } from './data-dir.ts';
import { clientOptions, type Engine, startEngine, useEngine } from './engine.ts';
import { loadFunctions } from './functions.ts';
import { createRouter } from './gateway.ts';
import { startIdentity } from './identity.ts';
import { during, messageOf, Stop, sentence } from './say.ts';
import { startSchedules } from './schedules.ts';
import { type Market, openServer } from './server.ts';
import { ownOrigin, partnerSettings, readSettings, type Settings } from './settings.ts';
import { keepSite } from './site.ts';
import { plainSite } from './static-site.ts';
import { openStreamRecords } from './stream-records.ts';
import { startStreams } from './streams.ts';
import { keepTables } from './tables.ts';
import { welcome } from './welcome.ts';

/** What has been started, to be ended in the opposite order. */
const started: (() => void | Promise<void>)[] = [];
let isEnding = false;

async function end(code: number): Promise<void> {
  if (isEnding) return;
  isEnding = true;
  // SIGTERM promises an end within five seconds, whatever hangs.
  setTimeout(() => process.exit(code), 4_700).unref();
  for (const stop of started.reverse()) await Promise.resolve(stop()).catch((error: unknown) => console.error(messageOf(error)));
  process.exit(code);
}

function fail(error: unknown): void {
  if (isEnding) return;
  const isOurs = error instanceof Stop;
  console.error(
    isOurs ? error.message : sentence(`Chợ dừng vì lỗi ngoài dự tính: ${messageOf(error)}`, 'The market stopped on an unexpected error.'),
  );
  if (!isOurs && error instanceof Error) console.error(error.stack);
  void end(1);
}

/** What the functions are told on AWS by their stack. */
function tellFunctions(settings: Settings, { endpoint, child }: Engine): void {
  const { PUBLIC_ORIGIN, PAYMENT_WINDOW_SECONDS, GTIN_PREFIX } = settings;
  Object.assign(process.env, {
    COMMERCE_TABLE: 'commerce',
    TRACEABILITY_TABLE: 'traceability',
    REPORTING_TABLE: 'reporting',
    PUBLIC_ORIGIN,
    DYNAMODB_ENDPOINT: endpoint,
    // The embedded engine keeps every transaction's token for ten minutes and looks through all of them each time: 0.1 ms more per
    // transaction for every 1,000 (2.0 ms → 2.4 ms after 4,000). An answer from the same machine is lost only together with the engine.
    DYNAMODB_TOKENS: child ? 'omit' : 'send',
    AWS_REGION: 'ap-southeast-1',
    PAYMENT_WINDOW_SECONDS: String(PAYMENT_WINDOW_SECONDS),
    GTIN_PREFIX,
    ...Object.fromEntries(partnerSettings.map((name) => [name, settings[name]])),
  });
}

async function start(): Promise<void> {
  const began = performance.now();
  const settings = readSettings(process.env);
  const { DATA_DIR: dataDir } = settings;

  const lock = takeDataDir(dataDir);
  started.push(lock.release);
  await endStaleChildren(dataDir);
  started.push(stopAllChildren);

  // The address comes first: a taken port is told at once, and whoever asks meanwhile hears that the market is starting.
  const market: Market = { isReady: false, wrote: () => undefined };
  const server = await openServer(market, settings.PORT, settings.HOST);

  const identityStarting = startIdentity(dataDir);
  identityStarting.catch(() => undefined);
  const engine = await during(
    'Đang mở máy dữ liệu',
    'starting the database engine',
    settings.DYNAMODB_ENDPOINT ? useEngine(settings.DYNAMODB_ENDPOINT) : startEngine(dataDir),
  );
  const streamRecords = engine.databasePath ? openStreamRecords(engine.databasePath) : undefined;
  started.push(() => streamRecords?.close());
  tellFunctions(settings, engine);
  const local = clientOptions(engine.endpoint);
  const streamArns = await keepTables(new DynamoDBClient(local));
  const functions = await during('Đang nạp các hàm', 'loading the functions', loadFunctions(manifest, settings.FUNCTIONS_DIR));

  const identity = await during('Đang mở máy đăng nhập', 'starting the sign-in emulator', identityStarting);
  Object.assign(process.env, identity.environment);
  if (engine.child) identity.child.process.send({ enginePid: engine.child.pid });
  for (const [name, child] of Object.entries({ engine: engine.child, identity: identity.child })) {
    void child?.exited.then((how) =>
      fail(
        new Stop(
          `Tiến trình ${name} đã dừng đột ngột (${how}). ${child.lastWords()} Xin khởi động lại chợ.`,
          `The ${name} process has ended; start the market again.`,
        ),
      ),
    );
  }

  const { demoAccounts, demoPassword, seedDemo } = await import('./seed.ts');
  const isDemo =
    settings.SEED === 'demo' && (await during('Đang bày hàng minh hoạ', 'filling the demonstration market', seedDemo(identity)));

  const streamsClient = new DynamoDBStreamsClient(local);
  // The SDK filters every answer for a log nobody writes; whole batches of records make that dear.
  streamsClient.middlewareStack.remove('loggerMiddleware');
  const streams = startStreams(streamsClient, streamArns, functions, dataDir, streamRecords);
  started.push(streams.stop);
  market.wrote = streams.hint;
  const schedules = startSchedules(functions, streams.hint);
  started.push(schedules.stop);
  started.push(server.close);
  market.router = createRouter(functions);

  market.site =
    settings.SITE === 'none'
      ? plainSite
      : await during(
          'Đang dựng trang',
          'building the storefront',
          keepSite({
            dataDir,
            origin: ownOrigin(settings),
            publicOrigin: settings.PUBLIC_ORIGIN,
            replace: (site) => {
              market.site = site;
            },
          }),
        );
  market.isReady = true;
  console.log(welcome(settings, isDemo ? { accounts: demoAccounts, password: demoPassword } : undefined, performance.now() - began));
}

process.on('SIGTERM', () => void end(0));
process.on('SIGINT', () => void end(0));
process.on('uncaughtException', fail);
process.on('unhandledRejection', fail);
start().catch(fail);
