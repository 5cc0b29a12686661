import { Duration, Stack } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  Dashboard,
  GraphWidget,
  type IMetric,
  MathExpression,
  TextWidget,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { failureQueue } from './failure-queue.ts';
import { prefix, type Settings } from './settings.ts';

interface Threshold {
  /** Said in the e-mail: what a person feels and where to look. */
  description: string;
  metric: IMetric;
  /** Fires at this value and above. */
  atLeast: number;
  /** How many of how many 5-minute periods; one of one unless told. */
  periods?: readonly [bad: number, of: number];
}

export const fiveMinutes = Duration.minutes(5);

/** One topic for everything that should wake a person, and the dashboard they open first. */
export class Alarms extends Construct {
  readonly topic: Topic;
  /** Encrypts what operations read and write: alarm messages and the partners' secrets. */
  readonly operationsKey: Key;
  readonly #dashboard: Dashboard;

  constructor(scope: Construct, settings: Settings) {
    super(scope, 'Alarms');
    const { account } = Stack.of(this);
    this.operationsKey = new Key(this, 'OperationsKey', {
      alias: `${prefix}-operations`,
      description: 'Cho Kinh Bac: alarm messages and partner secrets in SSM',
      enableKeyRotation: true,
    });
    this.topic = new Topic(this, 'Topic', { displayName: 'Cho Kinh Bac', masterKey: this.operationsKey, enforceSSL: true });
    // A topic with a policy of its own loses the default one: alarms of this account must be let in by name.
    const alarmsOfOurs = { StringEquals: { 'aws:SourceAccount': account } };
    const cloudwatch = [new ServicePrincipal('cloudwatch.amazonaws.com')];
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsPublish',
        principals: cloudwatch,
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: alarmsOfOurs,
      }),
    );
    this.operationsKey.addToResourcePolicy(
      // In a key's own policy `*` means this key.
      new PolicyStatement({
        sid: 'AlarmsEncrypt',
        principals: cloudwatch,
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resources: ['*'],
        conditions: alarmsOfOurs,
      }),
    );
    if (settings.alarmEmail)
      this.topic.addSubscription(new EmailSubscription(settings.alarmEmail, { deadLetterQueue: failureQueue(this, 'Undelivered') }));
    this.#dashboard = new Dashboard(this, 'Dashboard', { dashboardName: prefix, defaultInterval: Duration.hours(12) });
    this.#dashboard.addWidgets(
      new TextWidget({
        width: 24,
        height: 2,
        markdown: '# Cho Kinh Bac\nWhat each alarm means: `docs/deploy.md`. Times are UTC; the market lives at UTC+7.',
      }),
    );
  }

  /** Silence is health: a market at night sends no metrics. */
  watch(scope: Construct, id: string, { description, metric, atLeast, periods: [bad, of] = [1, 1] }: Threshold): Alarm {
    const alarm = new Alarm(scope, `${id}Alarm`, {
      alarmDescription: description,
      metric,
      threshold: atLeast,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      datapointsToAlarm: bad,
      evaluationPeriods: of,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
    return alarm;
  }

  /** A row of the dashboard: up to four graphs side by side. */
  show(graphs: Record<string, IMetric[]>): void {
    const entries = Object.entries(graphs);
    this.#dashboard.addWidgets(
      ...entries.map(([title, left]) => new GraphWidget({ title, left, width: Math.floor(24 / entries.length), height: 6 })),
    );
  }
}

/** `numerator / denominator` in per cent, for graphs. */
export const percent = (label: string, part: IMetric, whole: IMetric): MathExpression =>
  new MathExpression({ expression: '100 * part / MAX([whole, 1])', usingMetrics: { part, whole }, label, period: fiveMinutes });
