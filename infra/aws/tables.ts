import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { AttributeType, BillingMode, ProjectionType, StreamViewType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { type Access, type TableName, tables as tableSpecs } from '../manifest.ts';
import { type Alarms, fiveMinutes } from './alarms.ts';

const reads = ['dynamodb:BatchGetItem', 'dynamodb:ConditionCheckItem', 'dynamodb:DescribeTable', 'dynamodb:GetItem', 'dynamodb:Query'];
const writes = ['dynamodb:BatchWriteItem', 'dynamodb:DeleteItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'];
const decrypts = ['kms:Decrypt', 'kms:DescribeKey'];
const encrypts = ['kms:Encrypt', 'kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'];

const string = (name: string) => ({ name, type: AttributeType.STRING });

/** The market's memory: nothing here is ever deleted by a deployment. */
export class Tables extends Construct {
  readonly byName: Record<TableName, Table>;
  readonly key: Key;

  constructor(scope: Construct, alarms: Alarms) {
    super(scope, 'Tables');
    this.key = new Key(this, 'Key', {
      description: 'Cho Kinh Bac: the tables and their streams',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.byName = {
      commerce: this.#table('commerce', alarms),
      traceability: this.#table('traceability', alarms),
      reporting: this.#table('reporting', alarms),
    };
  }

  /** Names are CloudFormation's, so that a table restored to a point in time can take the place of a broken one. */
  #table(name: TableName, alarms: Alarms): Table {
    const table = new Table(this, name, {
      partitionKey: string('pk'),
      sortKey: string('sk'),
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: this.key,
      stream: StreamViewType.NEW_AND_OLD_IMAGES,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: 35 },
      timeToLiveAttribute: 'expiresAtSeconds',
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    for (const index of tableSpecs[name].indexes)
      table.addGlobalSecondaryIndex({
        indexName: index,
        partitionKey: string(`${index}pk`),
        sortKey: string(`${index}sk`),
        projectionType: ProjectionType.ALL,
      });
    const sum = (metricName: string): Metric => table.metric(metricName, { statistic: 'Sum', period: fiveMinutes });
    const throttled = { ReadThrottleEvents: 'Pages load slowly', WriteThrottleEvents: 'Orders are being retried' };
    for (const [metric, felt] of Object.entries(throttled))
      alarms.watch(table, metric, {
        description: `${felt}: table ${name} is throttled (${metric}); look for one hot key.`,
        metric: sum(metric),
        atLeast: 50,
        periods: [2, 3],
      });
    return table;
  }

  /** What one function may do with one table and its indexes, as the manifest says, action by action. */
  statements(name: TableName, access: Access): PolicyStatement[] {
    const table = this.byName[name];
    const { region } = Stack.of(this);
    const indexes = access === 'scan' ? [] : tableSpecs[name].indexes.map((index) => `${table.tableArn}/index/${index}`);
    const actions = { read: reads, write: [...reads, ...writes], scan: ['dynamodb:Scan'] }[access];
    return [
      new PolicyStatement({ actions, resources: [table.tableArn] }),
      ...(indexes.length > 0 ? [new PolicyStatement({ actions: ['dynamodb:Query'], resources: indexes })] : []),
      new PolicyStatement({
        actions: access === 'write' ? [...decrypts, ...encrypts] : decrypts,
        resources: [this.key.keyArn],
        conditions: { StringEquals: { 'kms:ViaService': `dynamodb.${region}.amazonaws.com` } },
      }),
    ];
  }

  /** What Lambda's poller does in the function's name. `ListStreams` takes no single stream, only a table's. */
  streamStatements(name: TableName): PolicyStatement[] {
    const { tableArn, tableStreamArn } = this.byName[name];
    if (!tableStreamArn) throw new Error(`table ${name} has no stream`);
    return [
      new PolicyStatement({
        actions: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
        resources: [tableStreamArn],
      }),
      new PolicyStatement({ actions: ['dynamodb:ListStreams'], resources: [`${tableArn}/stream/*`] }),
      new PolicyStatement({ actions: decrypts, resources: [this.key.keyArn] }),
    ];
  }
}
