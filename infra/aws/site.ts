import { Annotations, Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AccessLevel,
  AllowedMethods,
  type BehaviorOptions,
  CacheCookieBehavior,
  CacheHeaderBehavior,
  CachePolicy,
  CacheQueryStringBehavior,
  Distribution,
  FunctionEventType,
  HeadersReferrerPolicy,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  PriceClass,
  ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { securityHeaders } from '../site-rules.ts';
import { accept } from './accept.ts';
import { prefix, type Settings } from './settings.ts';
import type { SiteFiles } from './site-files.ts';
import { pagesFunction } from './site-pages.ts';
import { uploadSite } from './site-upload.ts';

interface SiteProps {
  settings: Settings;
  files: SiteFiles | undefined;
  apiDomainName: string;
  certificate: ICertificate;
  firewallArn: string;
}

/** Addresses the functions answer; all others are files. */
export const apiPaths = ['/api/*', '/01/*', '/healthz', '/.well-known/*', '/epcis', '/epcis/*', '/opendata/*'];
/** What every viewer of a livestream polls. */
export const livePath = '/api/campaigns/*/live';
/** What a scanned label asks; the answers depend on the province the phone is in. */
export const tracePath = '/api/trace/*';

/** One origin for people: static pages from S3, everything else from the HTTP API, both behind CloudFront. */
export class Site extends Construct {
  readonly distribution: Distribution;

  constructor(scope: Construct, { settings, files, apiDomainName, certificate, firewallArn }: SiteProps) {
    super(scope, 'Site');
    const shared = { encryption: BucketEncryption.S3_MANAGED, blockPublicAccess: BlockPublicAccess.BLOCK_ALL, enforceSSL: true };
    // CloudFront's log delivery writes with an ACL. The logs carry callers' addresses, so they go after a month and no cookie is kept.
    const logs = new Bucket(this, 'AccessLogs', {
      ...shared,
      objectOwnership: ObjectOwnership.OBJECT_WRITER,
      lifecycleRules: [{ expiration: Duration.days(30) }],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const bucket = new Bucket(this, 'Files', {
      ...shared,
      serverAccessLogsBucket: logs,
      serverAccessLogsPrefix: 's3/',
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const uploaded = files ? uploadSite(this, bucket, files) : [];
    if (!files)
      Annotations.of(this).addWarningV2(
        `${prefix}:site-not-built`,
        '.build/site/index.html is missing (docs/deploy.md): this assembly deploys an empty site',
      );

    const responseHeadersPolicy = this.#headersPolicy();
    const pages = pagesFunction(this, files);
    // A page may be looked up only once its file lies in the bucket.
    for (const upload of uploaded) pages.node.addDependency(upload);
    const origin = new HttpOrigin(apiDomainName, { protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY, readTimeout: Duration.seconds(30) });
    const viewerProtocolPolicy = ViewerProtocolPolicy.REDIRECT_TO_HTTPS;
    const api: BehaviorOptions = {
      origin,
      viewerProtocolPolicy,
      responseHeadersPolicy,
      allowedMethods: AllowedMethods.ALLOW_ALL,
      cachePolicy: this.#apiCache(),
      // All headers but Host go through (API Gateway has its own): signatures of banks, Idempotency-Key, EPCIS and GS1 headers.
      originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
    };
    this.distribution = new Distribution(this, 'Distribution', {
      comment: 'Cho Kinh Bac',
      defaultRootObject: 'index.html',
      domainNames: [new URL(settings.publicOrigin).hostname],
      certificate,
      minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PriceClass.PRICE_CLASS_200,
      webAclId: firewallArn,
      logBucket: logs,
      logFilePrefix: 'cloudfront/',
      logIncludesCookies: false,
      defaultBehavior: {
        // LIST only turns the bucket's answer for a missing file from 403 into 404; no address reaches its listing.
        origin: S3BucketOrigin.withOriginAccessControl(bucket, { originAccessLevels: [AccessLevel.READ, AccessLevel.LIST] }),
        viewerProtocolPolicy,
        responseHeadersPolicy,
        cachePolicy: CachePolicy.CACHING_OPTIMIZED,
        functionAssociations: [{ function: pages, eventType: FunctionEventType.VIEWER_REQUEST }],
      },
      additionalBehaviors: {
        [livePath]: { ...api, allowedMethods: AllowedMethods.ALLOW_GET_HEAD_OPTIONS, cachePolicy: this.#liveCache() },
        [tracePath]: { ...api, cachePolicy: this.#traceCache() },
        ...Object.fromEntries(apiPaths.map((path) => [path, api])),
      },
      // Left alone, CloudFront keeps an error ten seconds whatever the origin says: a product published a second ago would still be "not found".
      errorResponses: [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504].map((httpStatus) => ({
        httpStatus,
        ttl: Duration.seconds(0),
      })),
    });
    accept(this.distribution, {
      '@aws-cdk/aws-cloudfront-origins:listBucketSecurityRisk':
        'A default root object is set, and the function on this behaviour names a file for every address.',
      'AwsSolutions-CFR1': 'A public market: families abroad and buyers across the border are welcome, no country is shut out.',
    });
  }

  #headersPolicy(): ResponseHeadersPolicy {
    const override = true;
    const maxAge = /max-age=(\d+)/.exec(securityHeaders['strict-transport-security'])?.[1];
    return new ResponseHeadersPolicy(this, 'Headers', {
      securityHeadersBehavior: {
        contentSecurityPolicy: { contentSecurityPolicy: securityHeaders['content-security-policy'], override },
        strictTransportSecurity: { accessControlMaxAge: Duration.seconds(Number(maxAge)), override },
        contentTypeOptions: { override },
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN, override },
      },
      customHeadersBehavior: { customHeaders: [{ header: 'permissions-policy', value: securityHeaders['permissions-policy'], override }] },
    });
  }

  /** Cache-Control alone decides what is kept; what an answer may depend on is part of its key. `no-store` answers are never kept. */
  #apiCache(): CachePolicy {
    return new CachePolicy(this, 'ApiCache', {
      comment: 'As Cache-Control says; no default',
      minTtl: Duration.seconds(0),
      defaultTtl: Duration.seconds(0),
      maxTtl: Duration.days(1),
      headerBehavior: CacheHeaderBehavior.allowList('Accept', 'Accept-Language', 'Authorization', 'Idempotency-Key', 'X-Customer-Phone'),
      queryStringBehavior: CacheQueryStringBehavior.all(),
      cookieBehavior: CacheCookieBehavior.none(),
      enableAcceptEncodingBrotli: true,
      enableAcceptEncodingGzip: true,
    });
  }

  /** Nothing is kept. A header that CloudFront makes itself reaches the functions only as part of a cache's key. */
  #traceCache(): CachePolicy {
    return new CachePolicy(this, 'TraceCache', {
      comment: 'Scans: never kept, with the province of the phone',
      minTtl: Duration.seconds(0),
      defaultTtl: Duration.seconds(0),
      maxTtl: Duration.seconds(1),
      headerBehavior: CacheHeaderBehavior.allowList('CloudFront-Viewer-Country', 'CloudFront-Viewer-Country-Region'),
      queryStringBehavior: CacheQueryStringBehavior.all(),
      cookieBehavior: CacheCookieBehavior.none(),
    });
  }

  /** One copy per edge location, whatever the phone's language or a query added to get past the cache: ten viewers and four million cost the same calls. */
  #liveCache(): CachePolicy {
    return new CachePolicy(this, 'LiveCache', {
      comment: 'Livestream snapshots: the same for everyone',
      minTtl: Duration.seconds(0),
      defaultTtl: Duration.seconds(0),
      maxTtl: Duration.seconds(10),
      headerBehavior: CacheHeaderBehavior.none(),
      queryStringBehavior: CacheQueryStringBehavior.none(),
      cookieBehavior: CacheCookieBehavior.none(),
      enableAcceptEncodingBrotli: true,
      enableAcceptEncodingGzip: true,
    });
  }
}
