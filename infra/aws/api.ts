import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AccessLogField, AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi, type HttpMethod, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { functions as manifest } from '../manifest.ts';
import { accept } from './accept.ts';
import { type Alarms, fiveMinutes, percent } from './alarms.ts';
import type { Functions } from './functions.ts';
import { prefix } from './settings.ts';

/** No address, header, query or path of a person: the route's template says enough. `requestId` leads to the function's own line. */
const accessLog = {
  requestId: AccessLogField.contextRequestId(),
  at: AccessLogField.contextRequestTime(),
  route: '$context.routeKey',
  status: AccessLogField.contextStatus(),
  bytes: AccessLogField.contextResponseLength(),
  milliseconds: AccessLogField.contextResponseLatency(),
  functionMilliseconds: AccessLogField.contextIntegrationLatency(),
  functionStatus: AccessLogField.contextIntegrationStatus(),
};

/** What the whole market may ask in a second; the account's own limit is 10,000. Live pages do not count, CloudFront answers those. */
const throttle = { rateLimit: 2_000, burstLimit: 2_000 };

/** One HTTP API: the routes of the manifest, and one door for everything else. */
export class Api extends Construct {
  /** `{id}.execute-api.{region}.amazonaws.com` */
  readonly domainName: string;

  constructor(scope: Construct, functions: Functions, alarms: Alarms) {
    super(scope, 'Api');
    const fallback = manifest.find(({ trigger }) => trigger.kind === 'http' && trigger.isDefault);
    // One permission per function and not per route, as a function's policy holds 20 KB – but the one CDK then writes does not match the default route.
    const door = (name: string) =>
      new HttpLambdaIntegration(name, functions.get(name), { scopePermissionToRoute: name === fallback?.name });
    const doors = new Map(manifest.filter(({ trigger }) => trigger.kind === 'http').map(({ name }) => [name, door(name)]));
    const api = new HttpApi(this, 'Http', {
      apiName: prefix,
      description: 'Cho Kinh Bac',
      createDefaultStage: false,
      defaultIntegration: fallback && doors.get(fallback.name),
    });
    for (const { name, trigger } of manifest) {
      const integration = doors.get(name);
      if (trigger.kind !== 'http' || !integration) continue;
      for (const [path, methods] of methodsByPath(trigger.routes)) api.addRoutes({ path, methods, integration });
    }
    const destination = new LogGroupLogDestination(
      new LogGroup(this, 'AccessLog', {
        logGroupName: `/aws/vendedlogs/${prefix}/api`,
        retention: RetentionDays.THREE_MONTHS,
        removalPolicy: RemovalPolicy.DESTROY,
      }),
    );
    const stage = new HttpStage(this, 'Stage', {
      httpApi: api,
      stageName: '$default',
      autoDeploy: true,
      throttle,
      accessLogSettings: { destination, format: AccessLogFormat.custom(JSON.stringify(accessLog)) },
    });
    accept(this, {
      'AwsSolutions-APIG4':
        'Tokens are checked by the functions (functions/platform/auth.ts) as each route’s contract says, and a generated test asks every protected route as nobody and as the wrong role. A gateway authorizer would refuse with a body that is no problem document, in no language.',
    });
    const period = { period: fiveMinutes };
    alarms.watch(stage, 'ServerErrors', {
      description: 'People are told that the market has a problem: the API answered 5xx.',
      metric: stage.metricServerError({ ...period, statistic: 'Sum' }),
      atLeast: 5,
    });
    alarms.watch(stage, 'Latency', {
      description: 'The market is slow: one API call in a hundred takes 3 s or more.',
      metric: stage.metricLatency({ ...period, statistic: 'p99' }),
      atLeast: 3_000,
      periods: [3, 3],
    });
    alarms.show({
      'API calls': [stage.metricCount(period)],
      'API answers 5xx (%)': [percent('5xx', stage.metricServerError({ ...period, statistic: 'Sum' }), stage.metricCount(period))],
      'API latency (ms)': ['p50', 'p99'].map((statistic) => stage.metricLatency({ ...period, statistic, label: statistic })),
    });
    this.domainName = `${api.apiId}.execute-api.${Stack.of(this).region}.amazonaws.com`;
  }
}

function methodsByPath(routes: readonly { method: string; path: string }[]): Map<string, HttpMethod[]> {
  const byPath = new Map<string, HttpMethod[]>();
  for (const { method, path } of routes) byPath.set(path, [...(byPath.get(path) ?? []), method as HttpMethod]);
  return byPath;
}
