import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apiPaths, livePath, tracePath } from '../../infra/aws/site.ts';
import { type Access, type FunctionSpec, functions, type TableName, tables as tableSpecs } from '../../infra/manifest.ts';
import { securityHeaders } from '../../infra/site-rules.ts';
import {
  findings,
  list,
  ofType,
  only,
  type Resource,
  references,
  type Statement,
  type Synthesized,
  statementsOf,
  synthesize,
} from './synthesized.ts';

let cloud: Synthesized;
beforeAll(async () => {
  cloud = await synthesize();
}, 120_000);
afterAll(() => rmSync(cloud.dir, { recursive: true, force: true }));

const names = functions.map(({ name }) => name);
const asynchronous = functions.filter(({ trigger }) => trigger.kind !== 'http');

/** The Lambda of a function of the manifest; throws when there is not exactly one. */
function lambdaOf(name: string): { id: string; properties: Record<string, unknown>; roleId: string } {
  const found = ofType(cloud.market, 'AWS::Lambda::Function').filter(([, p]) => p.FunctionName === `cho-kinh-bac-${name}`);
  const [entry] = found;
  if (!entry || found.length !== 1) throw new Error(`${found.length} Lambdas for ${name}`);
  return { id: entry[0], properties: entry[1], roleId: references(entry[1].Role)[0] ?? '' };
}

function tableId(name: TableName): string {
  const found = ofType(cloud.market, 'AWS::DynamoDB::Table').find(([id]) => id.startsWith(`Tables${name}`));
  if (!found) throw new Error(`no table ${name}`);
  return found[0];
}

const tableNames = Object.keys(tableSpecs) as TableName[];
const actions = (statement: Statement) => list(statement.Action);

describe('every function of the manifest', () => {
  test.each(names)('%s runs on Node 24 for ARM with its own limits', (name) => {
    const spec = functions.find((f) => f.name === name) as FunctionSpec;
    expect(lambdaOf(name).properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      MemorySize: spec.memoryMb,
      Timeout: spec.timeoutSeconds,
    });
  });

  test('has no brother that the manifest does not know, but for CDK’s uploader of the site', () => {
    const others = ofType(cloud.market, 'AWS::Lambda::Function').filter(
      ([, p]) => !names.some((name) => p.FunctionName === `cho-kinh-bac-${name}`),
    );
    expect(others.map(([id]) => id.replace(/[0-9A-F]{8,}.*$/, ''))).toEqual(['CustomCDKBucketDeployment']);
  });

  test.each(names)('%s forgets its log after a month', (name) => {
    const [logId] = references((lambdaOf(name).properties.LoggingConfig as { LogGroup: unknown }).LogGroup);
    expect(cloud.market[logId ?? '']?.Properties).toMatchObject({ LogGroupName: `/aws/lambda/cho-kinh-bac-${name}`, RetentionInDays: 30 });
  });

  test('no log group is kept for ever', () => {
    for (const [id, p] of ofType(cloud.market, 'AWS::Logs::LogGroup')) expect(p.RetentionInDays, id).toBeGreaterThan(0);
  });

  test.each(names)('%s wakes someone when it fails, is refused or is slow', (name) => {
    const { id } = lambdaOf(name);
    const alarms = ofType(cloud.market, 'AWS::CloudWatch::Alarm').filter(([, p]) => references(p.Dimensions).includes(id));
    const topic = ofType(cloud.market, 'AWS::SNS::Topic')[0]?.[0];
    const watched = alarms.map(([, p]) => {
      expect(references(p.AlarmActions)).toEqual([topic]);
      expect(String(p.AlarmDescription).length).toBeGreaterThan(30);
      return p.MetricName === 'Duration' ? `Duration ${p.ExtendedStatistic}` : p.MetricName;
    });
    expect(watched).toEqual(expect.arrayContaining(['Errors', 'Throttles', 'Duration p99']));
  });

  test('books that disagree wake someone the first time the audit says so', () => {
    const errors = ofType(cloud.market, 'AWS::CloudWatch::Alarm').filter(
      ([, p]) => p.MetricName === 'Errors' && references(p.Dimensions).includes(lambdaOf('reports-audit').id),
    );
    expect(errors.map(([, p]) => [p.Threshold, p.DatapointsToAlarm, p.EvaluationPeriods])).toEqual([[1, 1, 1]]);
    expect(errors[0]?.[1].AlarmDescription).toContain('npm run audit');
  });

  test.each(asynchronous.map(({ name }) => name))('%s leaves what it cannot do in a watched queue', (name) => {
    const { id } = lambdaOf(name);
    const senders = [
      ...ofType(cloud.market, 'AWS::Lambda::EventSourceMapping'),
      ...ofType(cloud.market, 'AWS::Lambda::EventInvokeConfig'),
    ].filter(([, p]) => references(p.FunctionName).includes(id));
    expect(senders).toHaveLength(1);
    const [queueId] = references(senders.map(([, p]) => (p.DestinationConfig as { OnFailure: unknown }).OnFailure));
    expect(cloud.market[queueId ?? '']?.Type).toBe('AWS::SQS::Queue');
    expect(cloud.market[queueId ?? '']?.Properties).toMatchObject({ SqsManagedSseEnabled: true, MessageRetentionPeriod: 14 * 86_400 });
    const depth = ofType(cloud.market, 'AWS::CloudWatch::Alarm').filter(
      ([, p]) => p.MetricName === 'ApproximateNumberOfMessagesVisible' && references(p.Dimensions).includes(queueId ?? ''),
    );
    expect(depth.map(([, p]) => [p.Threshold, p.ComparisonOperator])).toEqual([[1, 'GreaterThanOrEqualToThreshold']]);
    expect(
      statementsOf(cloud.market, lambdaOf(name).roleId).some(
        (s) => actions(s).includes('sqs:SendMessage') && references(s.Resource).includes(queueId ?? ''),
      ),
    ).toBe(true);
  });
});

describe('permissions', () => {
  const reads = ['dynamodb:BatchGetItem', 'dynamodb:ConditionCheckItem', 'dynamodb:DescribeTable', 'dynamodb:GetItem', 'dynamodb:Query'];
  const writes = ['dynamodb:BatchWriteItem', 'dynamodb:DeleteItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'];

  /** `commerce` → what may be done with the table itself, `commerce/index/gsi1` → with an index, `commerce/stream` → with its stream. */
  function granted(name: string): Record<string, string[]> {
    const byTarget: Record<string, string[]> = {};
    for (const statement of statementsOf(cloud.market, lambdaOf(name).roleId)) {
      const dynamo = actions(statement).filter((a) => a.startsWith('dynamodb:'));
      for (const resource of dynamo.length > 0 ? list(statement.Resource) : []) {
        const text = JSON.stringify(resource);
        const table = tableNames.find((t) => text.includes(`"${tableId(t)}"`));
        const part = /\/index\/[^"]+/.exec(text)?.[0] ?? (/StreamArn|\/stream\//.test(text) ? '/stream' : '');
        const target = table ? `${table}${part}` : text;
        byTarget[target] = [...(byTarget[target] ?? []), ...dynamo].sort();
      }
    }
    return byTarget;
  }

  test.each(names)('%s may do with the tables what the manifest grants, and no more', (name) => {
    const spec = functions.find((f) => f.name === name) as FunctionSpec;
    const expected: Record<string, string[]> = {};
    for (const [table, access] of Object.entries(spec.tables) as [TableName, Access][]) {
      expected[table] = { read: reads, write: [...reads, ...writes].sort(), scan: ['dynamodb:Scan'] }[access];
      if (access !== 'scan') for (const index of tableSpecs[table].indexes) expected[`${table}/index/${index}`] = ['dynamodb:Query'];
    }
    if (spec.trigger.kind === 'stream')
      expected[`${spec.trigger.table}/stream`] = [
        'dynamodb:DescribeStream',
        'dynamodb:GetRecords',
        'dynamodb:GetShardIterator',
        'dynamodb:ListStreams',
      ];
    expect(granted(name)).toEqual(expected);
  });

  test.each(names)('%s reads only its own secrets, and is told only their names', (name) => {
    const { secrets = [] } = functions.find((f) => f.name === name) as FunctionSpec;
    const statements = statementsOf(cloud.market, lambdaOf(name).roleId).filter((s) =>
      actions(s).some((a) => /^(ssm|secretsmanager):/.test(a)),
    );
    expect(statements.flatMap(actions)).toEqual(secrets.length > 0 ? ['ssm:GetParameter'] : []);
    const parameters = statements
      .flatMap((s) => list(s.Resource))
      .map((r) => /parameter\/cho-kinh-bac\/(\w+)"/.exec(JSON.stringify(r))?.[1]);
    expect(parameters).toEqual([...secrets]);
    const variables = (lambdaOf(name).properties.Environment as { Variables: Record<string, unknown> }).Variables;
    expect(Object.keys(variables).filter((v) => v.endsWith('_PARAMETER'))).toEqual(secrets.map((s) => `${s}_PARAMETER`));
    expect(Object.keys(variables).filter((v) => /(SECRET|SECRET_KEY|PASSWORD|TOKEN)$/.test(v))).toEqual([]);
  });

  test('each function has a role of its own', () => {
    const roles = names.map((name) => lambdaOf(name).roleId);
    expect(new Set(roles).size).toBe(names.length);
  });

  test('nothing may do everything, or anything to everything', () => {
    const documents = Object.entries({ ...cloud.market, ...cloud.edge }).flatMap(([id, { Type, Properties: p }]) =>
      [
        p.PolicyDocument,
        p.KeyPolicy,
        p.AssumeRolePolicyDocument,
        ...list(p.Policies as { PolicyDocument: unknown }[]).map((x) => x.PolicyDocument),
      ]
        .filter((d) => d !== undefined)
        .flatMap((d) => (d as { Statement: Statement[] }).Statement.map((statement) => ({ id, Type, statement }))),
    );
    const wide = documents.filter(
      ({ statement: s }) => s.Effect === 'Allow' && (actions(s).some((a) => a.includes('*')) || list(s.Resource).includes('*')),
    );
    // In a key's own policy `*` is that key, and the account's administrators must be able to manage it: without `kms:*` for them nobody ever could again.
    expect(wide.map(({ Type }) => Type).filter((type) => type !== 'AWS::KMS::Key')).toEqual([]);
    for (const { statement } of wide)
      expect([
        JSON.stringify(actions(statement)),
        JSON.stringify(statement).includes(':root') || JSON.stringify(statement).includes('cloudwatch.amazonaws.com'),
      ]).toEqual([expect.stringMatching(/^\["kms:\*"\]$|^\["kms:Decrypt","kms:GenerateDataKey"\]$/), true]);
  });

  test('no role rests on a policy written by someone else', () => {
    for (const [id, p] of ofType(cloud.market, 'AWS::IAM::Role')) expect(p.ManagedPolicyArns ?? [], id).toEqual([]);
  });
});

describe('the API', () => {
  const expected = functions.flatMap(({ name, trigger }) =>
    trigger.kind === 'http'
      ? [...trigger.routes.map(({ method, path }) => [`${method} ${path}`, name]), ...(trigger.isDefault ? [['$default', name]] : [])]
      : [],
  );

  test('has the routes of the manifest, each to its function, and no other', () => {
    const integrations = new Map(
      ofType(cloud.market, 'AWS::ApiGatewayV2::Integration').map(([id, p]) => [id, references(p.IntegrationUri)[0]]),
    );
    const lambdas = new Map(names.map((name) => [lambdaOf(name).id, name]));
    const actual = ofType(cloud.market, 'AWS::ApiGatewayV2::Route').map(([, p]) => {
      const integration = references(p.Target).find((id) => integrations.has(id)) ?? '';
      return [p.RouteKey, lambdas.get(integrations.get(integration) ?? '')];
    });
    expect(actual.sort()).toEqual(expected.sort());
  });

  test('has no route API Gateway would misread: a variable is a whole segment, and no two functions claim one route', () => {
    const keys = expected.map(([key]) => key ?? '');
    expect(keys.filter((key) => key !== '$default' && !/^[A-Z]+(?: |\/)(?:\/?(?:[\w.-]+|\{\w+\}))+(?:\/\{proxy\+\})?$/.test(key))).toEqual(
      [],
    );
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('may call every function it has routes to, the default one from the default route', () => {
    const permissions = ofType(cloud.market, 'AWS::Lambda::Permission').filter(([, p]) => p.Principal === 'apigateway.amazonaws.com');
    for (const { name, trigger } of functions) {
      const from = permissions
        .filter(([, p]) => references(p.FunctionName).includes(lambdaOf(name).id))
        .map(([, p]) => JSON.stringify(p.SourceArn));
      expect(from.length > 0, name).toBe(trigger.kind === 'http');
      // `{api}/{stage}/$default` has one slash less than `{api}/{stage}/GET/healthz`.
      if (trigger.kind === 'http' && trigger.isDefault) expect(from.some((arn) => arn.includes('"/*/*"'))).toBe(true);
    }
  });

  test('limits its pace and logs nothing about a person', () => {
    const stage = only(cloud.market, 'AWS::ApiGatewayV2::Stage');
    expect(stage.DefaultRouteSettings).toEqual({ ThrottlingBurstLimit: 2000, ThrottlingRateLimit: 2000 });
    const { Format } = stage.AccessLogSettings as { Format: string };
    expect(Object.values(JSON.parse(Format) as Record<string, string>).sort()).toEqual([
      '$context.integrationLatency',
      '$context.integrationStatus',
      '$context.requestId',
      '$context.requestTime',
      '$context.responseLatency',
      '$context.responseLength',
      '$context.routeKey',
      '$context.status',
    ]);
  });
});

describe('events', () => {
  const streams = functions.filter((f) => f.trigger.kind === 'stream');

  test.each(streams.map(({ name }) => name))('%s is woken only by its own kinds of records and never stops a shard', (name) => {
    const { trigger } = functions.find((f) => f.name === name) as FunctionSpec;
    if (trigger.kind !== 'stream') throw new Error('not a stream');
    const [mapping] = ofType(cloud.market, 'AWS::Lambda::EventSourceMapping').filter(([, p]) =>
      references(p.FunctionName).includes(lambdaOf(name).id),
    );
    expect(mapping?.[1]).toMatchObject({
      EventSourceArn: { 'Fn::GetAtt': [tableId(trigger.table), 'StreamArn'] },
      BatchSize: trigger.batchSize,
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      MaximumRecordAgeInSeconds: 6 * 3600,
      MaximumRetryAttempts: 10,
      StartingPosition: 'TRIM_HORIZON',
    });
    const filters = mapping?.[1].FilterCriteria as { Filters: { Pattern: string }[] } | undefined;
    expect(filters?.Filters.map(({ Pattern }) => JSON.parse(Pattern))).toEqual([
      {
        dynamodb: {
          Keys: { sk: { S: trigger.sortKeyPrefixes.map((prefix) => ({ prefix })) } },
          ...(name === 'traceability-on-package' ? { NewImage: { status: { S: ['packed', 'shipped', 'delivered', 'returned'] } } } : {}),
        },
      },
    ]);
  });

  test('a table’s stream has at most two readers: DynamoDB slows more of them down', () => {
    for (const table of tableNames)
      expect(streams.filter(({ trigger }) => trigger.kind === 'stream' && trigger.table === table).length, table).toBeLessThanOrEqual(2);
  });

  test('the clock strikes as the manifest says', () => {
    const clocks = ofType(cloud.market, 'AWS::Events::Rule').flatMap(([, p]) =>
      (p.Targets as { Arn: unknown; DeadLetterConfig?: unknown }[]).map((target) => ({ every: p.ScheduleExpression, target })),
    );
    for (const { name, trigger } of functions) {
      const own = clocks.filter(({ target }) => references(target.Arn).includes(lambdaOf(name).id));
      if (trigger.kind !== 'schedule') expect(own, name).toEqual([]);
      else {
        const said: Record<number, string> = { 60: 'rate(1 minute)', 3600: 'rate(1 hour)', 86400: 'rate(1 day)' };
        expect(
          own.map(({ every }) => every),
          name,
        ).toEqual([said[trigger.everySeconds]]);
        expect(references(own[0]?.target.DeadLetterConfig)).toHaveLength(1);
      }
    }
  });
});

describe('tables', () => {
  test.each(tableNames)('%s is encrypted, streamed, recoverable and cannot be deleted', (name) => {
    const { Properties: p, DeletionPolicy, UpdateReplacePolicy } = cloud.market[tableId(name)] as Resource;
    expect([DeletionPolicy, UpdateReplacePolicy]).toEqual(['Retain', 'Retain']);
    expect(p).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      DeletionProtectionEnabled: true,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 35 },
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      TimeToLiveSpecification: { AttributeName: 'expiresAtSeconds', Enabled: true },
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    });
    const sse = p.SSESpecification as { SSEEnabled: boolean; SSEType: string; KMSMasterKeyId: unknown };
    expect([sse.SSEEnabled, sse.SSEType]).toEqual([true, 'KMS']);
    expect(cloud.market[references(sse.KMSMasterKeyId)[0] ?? '']?.Properties).toMatchObject({ EnableKeyRotation: true });
    const indexes = list(p.GlobalSecondaryIndexes as { IndexName: string; KeySchema: unknown; Projection: unknown }[]);
    expect(indexes).toEqual(
      tableSpecs[name].indexes.map((index) => ({
        IndexName: index,
        KeySchema: [
          { AttributeName: `${index}pk`, KeyType: 'HASH' },
          { AttributeName: `${index}sk`, KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'ALL' },
      })),
    );
  });

  test('there are no tables besides', () => expect(ofType(cloud.market, 'AWS::DynamoDB::Table')).toHaveLength(tableNames.length));
});

describe('identity', () => {
  test('nobody makes their own account, names their own group or chooses a weak password', () => {
    const pool = only(cloud.market, 'AWS::Cognito::UserPool');
    expect(pool).toMatchObject({
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      DeletionProtection: 'ACTIVE',
      Policies: {
        PasswordPolicy: { MinimumLength: 12, RequireLowercase: true, RequireUppercase: true, RequireNumbers: true, RequireSymbols: true },
      },
    });
    const client = only(cloud.market, 'AWS::Cognito::UserPoolClient');
    expect(client).toMatchObject({
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
      PreventUserExistenceErrors: 'ENABLED',
      WriteAttributes: ['locale'],
    });
    expect(client).not.toHaveProperty('GenerateSecret', true);
    expect(ofType(cloud.market, 'AWS::Cognito::UserPoolGroup').map(([, p]) => p.GroupName)).toEqual([
      'shopper',
      'seller',
      'department',
      'admin',
    ]);
  });

  test('only the door to the accounts knows the pool', () => {
    const knowing = names.filter((name) => 'USER_POOL_ID' in (lambdaOf(name).properties.Environment as { Variables: object }).Variables);
    expect(knowing).toEqual(functions.filter((f) => f.signsIn).map(({ name }) => name));
  });
});

describe('the site', () => {
  const distribution = () => only(cloud.market, 'AWS::CloudFront::Distribution').DistributionConfig as Record<string, unknown>;
  const behaviours = () =>
    distribution().CacheBehaviors as {
      PathPattern: string;
      TargetOriginId: string;
      CachePolicyId: unknown;
      OriginRequestPolicyId: string;
      ResponseHeadersPolicyId: unknown;
      AllowedMethods: string[];
    }[];
  const cachePolicy = (path: string) => {
    const policy =
      cloud.market[references(behaviours().find((b) => b.PathPattern === path)?.CachePolicyId)[0] ?? '']?.Properties.CachePolicyConfig;
    return policy as {
      MinTTL: number;
      DefaultTTL: number;
      ParametersInCacheKeyAndForwardedToOrigin: {
        HeadersConfig: { Headers?: string[] };
        QueryStringsConfig: { QueryStringBehavior: string };
      };
    };
  };

  test('says exactly the headers of infra/site-rules.ts, on pages and API alike', () => {
    const id = ofType(cloud.market, 'AWS::CloudFront::ResponseHeadersPolicy')[0]?.[0];
    const policy = only(cloud.market, 'AWS::CloudFront::ResponseHeadersPolicy');
    const { SecurityHeadersConfig: security, CustomHeadersConfig: custom } = policy.ResponseHeadersPolicyConfig as {
      SecurityHeadersConfig: {
        ContentSecurityPolicy: { ContentSecurityPolicy: string };
        StrictTransportSecurity: { AccessControlMaxAgeSec: number; IncludeSubdomains?: boolean };
        ReferrerPolicy: { ReferrerPolicy: string };
        ContentTypeOptions: object;
      };
      CustomHeadersConfig: { Items: { Header: string; Value: string }[] };
    };
    expect(Object.keys(security).sort()).toEqual([
      'ContentSecurityPolicy',
      'ContentTypeOptions',
      'ReferrerPolicy',
      'StrictTransportSecurity',
    ]);
    expect({
      'content-security-policy': security.ContentSecurityPolicy.ContentSecurityPolicy,
      'strict-transport-security': `max-age=${security.StrictTransportSecurity.AccessControlMaxAgeSec}`,
      'x-content-type-options': 'nosniff',
      'referrer-policy': security.ReferrerPolicy.ReferrerPolicy,
      ...Object.fromEntries(custom.Items.map((i) => [i.Header, i.Value])),
    }).toEqual(securityHeaders);
    for (const b of [distribution().DefaultCacheBehavior as { ResponseHeadersPolicyId: unknown }, ...behaviours()])
      expect(references(b.ResponseHeadersPolicyId)).toEqual([id]);
  });

  test('asks the functions for their addresses and the bucket for all else', () => {
    const origins = distribution().Origins as {
      Id: string;
      DomainName: unknown;
      CustomOriginConfig?: { OriginProtocolPolicy: string; OriginSSLProtocols: string[] };
      OriginAccessControlId?: unknown;
    }[];
    const api = origins.find((o) => o.CustomOriginConfig);
    expect(api?.CustomOriginConfig).toMatchObject({ OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] });
    expect(behaviours().map((b) => b.PathPattern)).toEqual([livePath, tracePath, ...apiPaths]);
    expect(new Set(behaviours().map((b) => b.TargetOriginId))).toEqual(new Set([api?.Id]));
    expect(origins.filter((o) => o.OriginAccessControlId)).toHaveLength(1);
    for (const { trigger } of functions)
      for (const { path } of trigger.kind === 'http' ? trigger.routes : [])
        expect(
          apiPaths.some((p) => (p.endsWith('*') ? path.startsWith(p.slice(0, -1)) : path === p)),
          path,
        ).toBe(true);
  });

  test('keeps API answers only as long as Cache-Control says, apart for whoever they may depend on', () => {
    for (const path of apiPaths) {
      const { MinTTL, DefaultTTL, ParametersInCacheKeyAndForwardedToOrigin: key } = cachePolicy(path);
      expect([MinTTL, DefaultTTL]).toEqual([0, 0]);
      expect(key.HeadersConfig.Headers).toEqual(
        expect.arrayContaining(['Authorization', 'Idempotency-Key', 'X-Customer-Phone', 'Accept-Language', 'Accept']),
      );
      expect(key.QueryStringsConfig.QueryStringBehavior).toBe('all');
    }
    const errors = distribution().CustomErrorResponses as { ErrorCode: number; ErrorCachingMinTTL: number; ResponsePagePath?: string }[];
    expect(errors.map((e) => e.ErrorCode)).toEqual(expect.arrayContaining([403, 404, 500, 503]));
    for (const e of errors) expect([e.ErrorCachingMinTTL, e.ResponsePagePath]).toEqual([0, undefined]);
  });

  test('keeps one live snapshot for everyone', () => {
    const { ParametersInCacheKeyAndForwardedToOrigin: key } = cachePolicy(livePath);
    expect([key.HeadersConfig.Headers, key.QueryStringsConfig.QueryStringBehavior]).toEqual([undefined, 'none']);
  });

  test('tells those who scan a label’s province to the functions, and keeps nothing of it', () => {
    const { DefaultTTL, ParametersInCacheKeyAndForwardedToOrigin: key } = cachePolicy(tracePath);
    expect([DefaultTTL, key.HeadersConfig.Headers]).toEqual([0, ['CloudFront-Viewer-Country', 'CloudFront-Viewer-Country-Region']]);
    const [trace, any] = [tracePath, '/api/*'].map((path) => behaviours().find((b) => b.PathPattern === path));
    expect(trace?.OriginRequestPolicyId).toBe(any?.OriginRequestPolicyId);
    expect(trace?.AllowedMethods).toContain('POST');
  });

  test('speaks TLS 1.2 or newer under its own name, behind the firewall of the edge stack', () => {
    expect(distribution()).toMatchObject({
      Aliases: ['chokinhbac.example.vn'],
      ViewerCertificate: { MinimumProtocolVersion: 'TLSv1.2_2021' },
      Enabled: true,
    });
    expect(JSON.stringify(distribution().WebACLId)).toContain('us-east-1');
  });

  test('no bucket is public, unencrypted or open to plain HTTP', () => {
    for (const [id, p] of ofType(cloud.market, 'AWS::S3::Bucket')) {
      expect(p.PublicAccessBlockConfiguration, id).toEqual({
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      });
      expect(p.BucketEncryption, id).toBeDefined();
      const policies = ofType(cloud.market, 'AWS::S3::BucketPolicy').filter(([, b]) => references(b.Bucket).includes(id));
      expect(JSON.stringify(policies), id).toContain('"aws:SecureTransport":"false"');
    }
  });

  test('takes nothing along that the local runner built beside it', () =>
    expect(readdirSync(cloud.siteCopy).sort()).toEqual(['404.html', 'assets', 'index.html', 'san-pham']));

  test('carries the real address where the build had a placeholder', () => {
    expect(readFileSync(join(cloud.siteCopy, 'index.html'), 'utf8')).toBe('<link rel="canonical" href="https://chokinhbac.example.vn/">');
  });
});

describe('the edge', () => {
  test('refuses only a flood, in Vietnamese and with 429', () => {
    const acl = only(cloud.edge, 'AWS::WAFv2::WebACL');
    const rules = acl.Rules as {
      Name: string;
      Statement: { RateBasedStatement: { Limit: number; EvaluationWindowSec: number } };
      Action: { Block: { CustomResponse: { ResponseCode: number } } };
    }[];
    expect(acl.Scope).toBe('CLOUDFRONT');
    // 500 phones behind one address, each asking once a second for five minutes.
    expect(rules.find((r) => r.Name === 'everything')?.Statement.RateBasedStatement.Limit).toBeGreaterThanOrEqual(500 * 300);
    for (const r of rules)
      expect([r.Statement.RateBasedStatement.EvaluationWindowSec, r.Action.Block.CustomResponse.ResponseCode]).toEqual([300, 429]);
    const body = (acl.CustomResponseBodies as { refusal: { Content: string } }).refusal.Content;
    expect(JSON.parse(body)).toMatchObject({ code: 'rate_limited', status: 429, title: 'Quá nhiều yêu cầu' });
  });
});

describe('review', () => {
  test('the report of the synthesis is clean', () => {
    expect(cloud.report.pluginReports.flatMap(({ violations }) => violations.map((v) => `${v.severity} ${v.ruleName}`))).toEqual([]);
  });

  test('every finding of cdk-nag is explained, and nothing is explained that was not found', () => {
    const { found, accepted } = findings(cloud.app);
    const covers = (a: { rule: string; path: string }, f: { rule: string; path: string }) =>
      a.rule === f.rule && (f.path === a.path || f.path.startsWith(`${a.path}/`));
    expect(found.filter((f) => !accepted.some((a) => covers(a, f)))).toEqual([]);
    const nag = accepted.filter(({ rule }) => /^(AwsSolutions|Serverless)-/.test(rule));
    expect(nag.filter((a) => !found.some((f) => covers(a, f)))).toEqual([]);
    for (const { rule, path, reason } of accepted) expect(reason.length, `${rule} at ${path}`).toBeGreaterThan(40);
  });

  test('templates are plain ASCII: CloudFormation may write ? for any other letter', () => {
    for (const name of ['ChoKinhBac', 'ChoKinhBacEdge'])
      expect(readFileSync(join(cloud.dir, 'out', `${name}.template.json`), 'utf8')).toMatch(/^[\x20-\x7e\n]*$/);
  });

  test('fits what CloudFormation takes: 500 resources, 1 MB', () => {
    expect(Object.keys(cloud.market).length).toBeLessThan(450);
    expect(readFileSync(join(cloud.dir, 'out/ChoKinhBac.template.json')).length).toBeLessThan(900_000);
  });
});
