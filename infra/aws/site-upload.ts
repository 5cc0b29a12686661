import { type CfnElement, DefaultStackSynthesizer, Duration, RemovalPolicy, Size, Stack, Token } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { BucketDeployment, CacheControl, Source } from 'aws-cdk-lib/aws-s3-deployment';
import type { Construct } from 'constructs';
import { accept } from './accept.ts';
import type { SiteFiles } from './site-files.ts';

/** Hashed assets for a year and never removed, as a phone may hold yesterday's page; pages for a minute, so no cache needs telling. */
export function uploadSite(scope: Construct, destinationBucket: Bucket, { dir }: SiteFiles): BucketDeployment[] {
  const { account, region } = Stack.of(scope);
  const asset = new Asset(scope, 'Built', { path: dir });
  const logGroup = new LogGroup(scope, 'UploadLog', { retention: RetentionDays.ONE_WEEK, removalPolicy: RemovalPolicy.DESTROY });
  const may = (actions: string[], resource: string) => new PolicyStatement({ actions, resources: [resource] });
  const statements = [
    may(['logs:CreateLogStream', 'logs:PutLogEvents'], logGroup.logGroupArn),
    may(['s3:GetObject'], asset.bucket.arnForObjects('*')),
    may(['s3:ListBucket'], destinationBucket.bucketArn),
    may(['s3:DeleteObject', 's3:GetObject', 's3:PutObject'], destinationBucket.arnForObjects('*')),
  ];
  const role = new Role(scope, 'Uploader', {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    inlinePolicies: { upload: new PolicyDocument({ statements }) },
  });
  accept(role, {
    [`AwsSolutions-IAM5[Resource::arn:aws:s3:::cdk-${DefaultStackSynthesizer.DEFAULT_QUALIFIER}-assets-${Token.isUnresolved(account) ? '<AWS::AccountId>' : account}-${region}/*]`]:
      'Built sites lie in the deployment bucket under the hash of their content, so the next one has a name not known today. Reading only.',
    [`AwsSolutions-IAM5[Resource::<${Stack.of(scope).getLogicalId(destinationBucket.node.defaultChild as CfnElement)}.Arn>/*]`]:
      'It replaces every file of the site: this bucket holds nothing else.',
  });
  // CDK's own grants are wider (`s3:GetObject*`, `s3:List*`): these stand alone.
  const shared = {
    sources: [Source.bucket(asset.bucket, asset.s3ObjectKey)],
    destinationBucket,
    role: role.withoutPolicyUpdates(),
    logGroup,
    memoryLimit: 1024,
    ephemeralStorageSize: Size.gibibytes(2),
  };
  const year = [CacheControl.setPublic(), CacheControl.maxAge(Duration.days(365)), CacheControl.immutable()];
  const minute = [
    CacheControl.setPublic(),
    CacheControl.maxAge(Duration.minutes(1)),
    CacheControl.staleWhileRevalidate(Duration.minutes(10)),
  ];
  const assets = new BucketDeployment(scope, 'UploadAssets', {
    ...shared,
    exclude: ['*'],
    include: ['assets/*'],
    prune: false,
    cacheControl: year,
  });
  const pages = new BucketDeployment(scope, 'UploadPages', { ...shared, exclude: ['assets/*'], prune: true, cacheControl: minute });
  pages.node.addDependency(assets);
  const uploader = Stack.of(scope).node.children.find(({ node }) => node.id.startsWith('Custom::CDKBucketDeployment'));
  const notOurs = 'CDK’s own uploader, which runs only during a deployment that waits for it: its failure is the deployment’s failure.';
  if (uploader)
    accept(uploader, {
      'AwsSolutions-L1': 'CDK chooses the Python version of its uploader.',
      'Serverless-LambdaLatestVersion': 'CDK chooses the Python version of its uploader.',
      'Serverless-LambdaDLQ': notOurs,
      'Serverless-LambdaTracing': notOurs,
    });
  return [assets, pages];
}
