import { Stack, type StackProps } from 'aws-cdk-lib';
import { Certificate, CertificateValidation } from 'aws-cdk-lib/aws-certificatemanager';
import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import { prefix, type Settings } from './settings.ts';

/**
 * Requests of one address in five minutes. A village, a school or a mobile carrier stands behind one address: five hundred phones following a livestream,
 * each asking once a second, stay below. What counts per person is counted per phone and account (functions/platform/limits.ts).
 */
const limits = { everything: 200_000, writes: 10_000 };

const refusal = {
  type: 'about:blank',
  title: 'Quá nhiều yêu cầu',
  status: 429,
  detail: 'Mạng của bạn gửi quá nhiều yêu cầu. Xin đợi một phút rồi thử lại.',
  code: 'rate_limited',
};

/** CloudFormation may write `?` for any other letter of a template. */
const ascii = (json: string): string =>
  json.replace(/[^\x20-\x7e]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);

const visible = (metricName: string): CfnWebACL.VisibilityConfigProperty => ({
  metricName,
  cloudWatchMetricsEnabled: true,
  sampledRequestsEnabled: false,
});

const isGet = (method: string): CfnWebACL.StatementProperty => ({
  byteMatchStatement: {
    fieldToMatch: { method: {} },
    positionalConstraint: 'EXACTLY',
    searchString: method,
    textTransformations: [{ priority: 0, type: 'NONE' }],
  },
});

const rule = (name: string, priority: number, limit: number, scopeDownStatement?: CfnWebACL.StatementProperty): CfnWebACL.RuleProperty => ({
  name,
  priority,
  statement: { rateBasedStatement: { aggregateKeyType: 'IP', limit, evaluationWindowSec: 300, scopeDownStatement } },
  action: {
    block: {
      customResponse: {
        responseCode: 429,
        customResponseBodyKey: 'refusal',
        responseHeaders: [
          { name: 'Retry-After', value: '60' },
          { name: 'Cache-Control', value: 'no-store' },
        ],
      },
    },
  },
  visibilityConfig: visible(name),
});

/** What CloudFront takes from us-east-1 only: its certificate and its firewall. Neither holds personal data; no request is sampled or logged. */
export class EdgeStack extends Stack {
  readonly certificate: Certificate;
  readonly firewall: CfnWebACL;

  constructor(scope: Construct, id: string, { settings, ...props }: StackProps & { settings: Settings }) {
    super(scope, id, props);
    // Waits until the CNAME shown in the console stands in the domain's DNS (docs/deploy.md).
    this.certificate = new Certificate(this, 'Certificate', {
      domainName: new URL(settings.publicOrigin).hostname,
      validation: CertificateValidation.fromDns(),
    });
    this.firewall = new CfnWebACL(this, 'Firewall', {
      name: prefix,
      scope: 'CLOUDFRONT',
      defaultAction: { allow: {} },
      customResponseBodies: { refusal: { contentType: 'APPLICATION_JSON', content: ascii(JSON.stringify(refusal)) } },
      visibilityConfig: visible(prefix),
      rules: [
        rule('writes', 0, limits.writes, { notStatement: { statement: { orStatement: { statements: ['GET', 'HEAD'].map(isGet) } } } }),
        rule('everything', 1, limits.everything),
      ],
    });
  }
}
