import { type CfnElement, Duration, Stack } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { EventInvokeConfig, EventSourceMapping, FilterCriteria, type Function as Lambda, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { functions as manifest, type ScheduleTrigger, type StreamTrigger } from '../manifest.ts';
import { accept } from './accept.ts';
import { type Alarms, fiveMinutes } from './alarms.ts';
import { failureQueue } from './failure-queue.ts';
import type { Functions } from './functions.ts';
import type { Tables } from './tables.ts';

/** What wakes functions besides people: the tables' streams (the outbox) and the clock. */
export class Events extends Construct {
  constructor(scope: Construct, functions: Functions, tables: Tables, alarms: Alarms) {
    super(scope, 'Events');
    const queues: Queue[] = [];
    const ages: Lambda[] = [];
    for (const { name, trigger } of manifest) {
      if (trigger.kind === 'http') continue;
      const here = new Construct(this, name);
      const lambda = functions.get(name);
      const failures = failureQueue(here, 'Failures');
      queues.push(failures);
      alarms.watch(failures, 'Depth', {
        description: `${name} gave something up. The queue says what; once the cause is mended the effect can be rebuilt from the tables.`,
        metric: failures.metricApproximateNumberOfMessagesVisible({ period: fiveMinutes, statistic: 'Maximum' }),
        atLeast: 1,
      });
      if (trigger.kind === 'stream') {
        follow(here, lambda, trigger, tables, failures);
        ages.push(lambda);
        alarms.watch(here, 'Age', {
          description: `${name} lags behind its table: the reports, counters or events it writes are more than a minute old.`,
          metric: lambda.metric('IteratorAge', { period: fiveMinutes, statistic: 'Maximum' }),
          atLeast: 60_000,
        });
      } else repeat(here, lambda, trigger, failures);
    }
    alarms.show({
      'Given up (messages in failure queues)': queues.map((q) =>
        q.metricApproximateNumberOfMessagesVisible({ period: fiveMinutes, statistic: 'Maximum' }),
      ),
      'Behind the stream (ms)': ages.map((f) =>
        f.metric('IteratorAge', { period: fiveMinutes, statistic: 'Maximum', label: f.node.scope?.node.id }),
      ),
    });
  }
}

/** What wakes a function, as a filter of its event source mapping. */
const wanted = ({ sortKeyPrefixes, statuses }: StreamTrigger) => ({
  Keys: { sk: { S: sortKeyPrefixes.map((prefix) => ({ prefix })) } },
  ...(statuses ? { NewImage: { status: { S: [...statuses] } } } : {}),
});

/**
 * Consumers are idempotent, so a batch is cut in half until the bad record stands alone. That one is tried ten times, then told to the queue:
 * the orders behind it in its shard must not wait for it, and projections can be rebuilt from the tables.
 */
function follow(scope: Construct, lambda: Lambda, trigger: StreamTrigger, tables: Tables, failures: Queue): void {
  for (const statement of tables.streamStatements(trigger.table)) lambda.addToRolePolicy(statement);
  accept(lambda.role ?? lambda, {
    [`AwsSolutions-IAM5[Resource::<${Stack.of(scope).getLogicalId(tables.byName[trigger.table].node.defaultChild as CfnElement)}.Arn>/stream/*]`]:
      'Lambda’s poller lists a table’s streams before it knows their time-stamped names; reading is granted on the one stream only.',
  });
  new EventSourceMapping(scope, 'Stream', {
    target: lambda,
    eventSourceArn: tables.byName[trigger.table].tableStreamArn,
    startingPosition: StartingPosition.TRIM_HORIZON,
    batchSize: trigger.batchSize,
    // A report is at most five seconds old (API.md): one second of gathering leaves four.
    maxBatchingWindow: Duration.seconds(1),
    parallelizationFactor: 2,
    filters: [FilterCriteria.filter({ dynamodb: wanted(trigger) })],
    bisectBatchOnError: true,
    reportBatchItemFailures: true,
    maxRecordAge: Duration.hours(6),
    retryAttempts: 10,
    onFailure: new SqsDlq(failures),
  });
}

/** The next tick does what this one could not, so nothing is tried again; a failure is only written down. */
function repeat(scope: Construct, lambda: Lambda, { everySeconds }: ScheduleTrigger, failures: Queue): void {
  if (everySeconds < 60 || everySeconds % 60 !== 0)
    throw new Error(`${lambda.node.path}: EventBridge counts in whole minutes, not ${everySeconds} s`);
  const every = Duration.seconds(everySeconds);
  // An event that could not be delivered for so long is of no use any more; Lambda keeps none longer than six hours.
  const maxEventAge = Duration.seconds(Math.min(everySeconds, 21_600));
  new EventInvokeConfig(scope, 'Invoke', {
    function: lambda,
    retryAttempts: 0,
    maxEventAge,
    onFailure: new SqsDestination(failures),
  });
  new Rule(scope, 'Clock', {
    schedule: Schedule.rate(every),
    targets: [new LambdaFunction(lambda, { deadLetterQueue: failures, retryAttempts: 1, maxEventAge })],
  });
}
