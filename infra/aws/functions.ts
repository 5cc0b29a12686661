import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as Lambda, LoggingFormat, Runtime, SystemLogLevel, Tracing } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { type Access, type FunctionSpec, functions as manifest, type SecretName, type TableName } from '../manifest.ts';
import { accept } from './accept.ts';
import { type Alarms, fiveMinutes } from './alarms.ts';
import type { Bundle } from './bundle.ts';
import type { Identity } from './identity.ts';
import { prefix, type Settings } from './settings.ts';
import type { Tables } from './tables.ts';

interface Links {
  settings: Settings;
  bundles: readonly Bundle[];
  tables: Tables;
  identity: Identity;
  alarms: Alarms;
}

/** Where a partner's secret is kept; a person puts it there (docs/deploy.md), CloudFormation can't write a SecureString. */
const secretParameter = (name: SecretName): string => `/${prefix}/${name}`;

/** Every function of the manifest, each with its own role, log and alarms. */
export class Functions extends Construct {
  readonly byName: ReadonlyMap<string, Lambda>;

  constructor(scope: Construct, links: Links) {
    super(scope, 'Functions');
    this.byName = new Map(manifest.map((spec) => [spec.name, this.#lambda(spec, links)]));
    const all = [...this.byName.entries()];
    const each = (metric: (f: Lambda, label: string) => Metric): Metric[] => all.map(([name, f]) => metric(f, name));
    links.alarms.show({
      Calls: each((f, label) => f.metricInvocations({ label, period: fiveMinutes })),
      Errors: each((f, label) => f.metricErrors({ label, period: fiveMinutes })),
      'Duration p99 (ms)': each((f, label) => f.metricDuration({ label, period: fiveMinutes, statistic: 'p99' })),
    });
  }

  get(name: string): Lambda {
    const lambda = this.byName.get(name);
    if (!lambda) throw new Error(`no function ${name} in infra/manifest.ts`);
    return lambda;
  }

  #lambda(spec: FunctionSpec, links: Links): Lambda {
    const bundle = links.bundles.find(({ name }) => name === spec.name);
    if (!bundle) throw new Error(`function ${spec.name} was not bundled`);
    const here = new Construct(this, spec.name);
    const functionName = `${prefix}-${spec.name}`;
    const logGroup = new LogGroup(here, 'Log', {
      logGroupName: `/aws/lambda/${functionName}`,
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(here, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: `Cho Kinh Bac: ${spec.name}`,
    });
    for (const statement of permissions(spec, links, this)) role.addToPolicy(statement);
    logGroup.grantWrite(role);
    const lambda = new Lambda(here, 'Function', {
      functionName,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(bundle.dir),
      role,
      logGroup,
      memorySize: spec.memoryMb,
      timeout: Duration.seconds(spec.timeoutSeconds),
      environment: environment(spec, links),
      loggingFormat: LoggingFormat.JSON,
      // START, END and REPORT of every call would be most of the log's bill; the metrics say the same.
      systemLogLevelV2: SystemLogLevel.WARN,
      tracing: Tracing.DISABLED,
    });
    accept(lambda, {
      'Serverless-LambdaTracing':
        'One function and one table answer a request: a trace would show what the log line with its request id shows, for 5 USD a million and a permission on every resource (xray:PutTraceSegments has no narrower one).',
      'Serverless-LambdaDLQ': calledHow(spec),
    });
    watch(lambda, spec, links.alarms);
    return lambda;
  }
}

const calledHow = (spec: FunctionSpec): string =>
  ({
    http: 'Called by the API gateway, which waits for the answer: there is no event to keep.',
    stream: 'Called by a stream’s poller, which keeps failed batches in the failure queue of the event source (infra/aws/events.ts).',
    schedule: 'Failed events go to the failure destination (infra/aws/events.ts), which unlike a dead-letter queue also says why.',
  })[spec.trigger.kind];

/** `AWS_REGION` and its kind are Lambda's own. All table names are given because `config.ts` wants them; rights are another matter. */
function environment(spec: FunctionSpec, { tables, identity, settings }: Links): Record<string, string> {
  const table = (name: TableName) => tables.byName[name].tableName;
  return {
    COMMERCE_TABLE: table('commerce'),
    TRACEABILITY_TABLE: table('traceability'),
    REPORTING_TABLE: table('reporting'),
    PUBLIC_ORIGIN: settings.publicOrigin,
    POWERTOOLS_LOG_LEVEL: 'INFO',
    NODE_OPTIONS: '--enable-source-maps',
    ...(spec.trigger.kind === 'http' ? identity.environment : {}),
    ...(spec.signsIn ? { USER_POOL_ID: identity.pool.userPoolId } : {}),
    ...Object.fromEntries((spec.settings ?? []).map((name) => [name, String(settings[name])])),
    ...Object.fromEntries((spec.secrets ?? []).map((name) => [`${name}_PARAMETER`, secretParameter(name)])),
  };
}

/** `InitiateAuth` needs none: Cognito does not ask IAM about it. */
function permissions(spec: FunctionSpec, { tables, alarms }: Links, scope: Construct): PolicyStatement[] {
  const stack = Stack.of(scope);
  const granted = (Object.entries(spec.tables) as [TableName, Access][]).flatMap(([name, access]) => tables.statements(name, access));
  const parameters = (spec.secrets ?? []).map((name) =>
    stack.formatArn({ service: 'ssm', resource: 'parameter', resourceName: secretParameter(name).slice(1) }),
  );
  const secrets = [
    new PolicyStatement({ actions: ['ssm:GetParameter'], resources: parameters }),
    new PolicyStatement({
      actions: ['kms:Decrypt'],
      resources: [alarms.operationsKey.keyArn],
      conditions: {
        StringEquals: { 'kms:ViaService': `ssm.${stack.region}.amazonaws.com`, 'kms:EncryptionContext:PARAMETER_ARN': parameters },
      },
    }),
  ];
  return [...granted, ...(parameters.length > 0 ? secrets : [])];
}

/** A door answers its own errors (the API's 5xx alarm sees those); what Lambda counts is crashes and timeouts. */
function watch(lambda: Lambda, spec: FunctionSpec, alarms: Alarms): void {
  const isHttp = spec.trigger.kind === 'http';
  const slowMs = spec.timeoutSeconds * 500;
  alarms.watch(lambda, 'Errors', {
    description: isHttp
      ? `${spec.name} crashed or ran out of time: some callers saw an error.`
      : (spec.alarm ?? `${spec.name} failed: its effect is late or waits in its failure queue.`),
    metric: lambda.metricErrors({ period: fiveMinutes }),
    atLeast: isHttp ? 3 : 1,
    ...(isHttp || spec.alarm ? {} : { periods: [2, 3] as const }),
  });
  alarms.watch(lambda, 'Throttles', {
    description: `${spec.name} was refused a place to run: raise the concurrency of the account.`,
    metric: lambda.metricThrottles({ period: fiveMinutes }),
    atLeast: 1,
  });
  alarms.watch(lambda, 'Duration', {
    description: `${spec.name} is slow: one call in a hundred takes more than ${slowMs / 1000} s, half its time limit.`,
    metric: lambda.metricDuration({ period: fiveMinutes, statistic: 'p99' }),
    atLeast: slowMs,
    periods: [2, 3],
  });
}
