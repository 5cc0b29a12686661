import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { marketApp } from '../../infra/aws/app.ts';
import { type Bundle, root } from '../../infra/aws/bundle.ts';
import { functions } from '../../infra/manifest.ts';

export interface Resource {
  Type: string;
  Properties: Record<string, unknown>;
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
}
export type Resources = Record<string, Resource>;

export interface Statement {
  Effect: 'Allow' | 'Deny';
  Action: string | string[];
  Resource?: unknown;
  Condition?: unknown;
}

export interface Synthesized {
  app: App;
  dir: string;
  market: Resources;
  edge: Resources;
  siteCopy: string;
  report: { pluginReports: { pluginName: string; violations: { ruleName: string; severity: string }[] }[] };
}

/** A small site, as the web build leaves it, in a folder the local runner uses too. */
function smallSite(dir: string): string {
  const files = {
    'index.html': '<link rel="canonical" href="https://cho-kinh-bac.invalid/">',
    '404.html': '',
    'san-pham/index.html': '',
    'san-pham/vai-thieu/index.html': '',
    'assets/site.abc.css': '',
    '9bed356450bb010d-fea65784b30870ad/index.html': 'a build of the local runner',
    lock: '',
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(dir, name, '..'), { recursive: true });
    writeFileSync(join(dir, name), text);
  }
  return dir;
}

/** Empty code: `bundle.test.ts` looks at the real one. */
function emptyBundle(dir: string, name: string): Bundle {
  mkdirSync(join(dir, name), { recursive: true });
  writeFileSync(join(dir, name, 'index.mjs'), `// ${name}`);
  return { name, dir: join(dir, name), bytes: 0 };
}

/** The real manifest and cdk.json's own context; nothing is written into the checkout. */
export async function synthesize(): Promise<Synthesized> {
  const dir = mkdtempSync(join(tmpdir(), 'cho-kinh-bac-cloud-'));
  const bundles = functions.map(({ name }) => emptyBundle(join(dir, 'functions'), name));
  const { context } = JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8')) as { context: Record<string, unknown> };
  const siteCopy = join(dir, 'site-deploy');
  const app = await marketApp(
    { outdir: join(dir, 'out'), context: { ...context, publicOrigin: 'https://chokinhbac.example.vn', alarmEmail: 'truc@example.vn' } },
    { bundles, site: { from: smallSite(join(dir, 'site')), to: siteCopy } },
  );
  app.synth();
  const read = (name: string) => JSON.parse(readFileSync(join(dir, 'out', name), 'utf8'));
  return {
    app,
    dir,
    siteCopy,
    market: read('ChoKinhBac.template.json').Resources,
    edge: read('ChoKinhBacEdge.template.json').Resources,
    report: read('validation-report.json'),
  };
}

export const ofType = (resources: Resources, type: string): [id: string, properties: Record<string, unknown>, resource: Resource][] =>
  Object.entries(resources)
    .filter(([, resource]) => resource.Type === type)
    .map(([id, resource]) => [id, resource.Properties, resource]);

/** The properties of the one resource of a type. */
export function only(resources: Resources, type: string): Record<string, unknown> {
  const [one, ...more] = ofType(resources, type);
  if (!one || more.length > 0) throw new Error(`not exactly one ${type}`);
  return one[1];
}

/** Logical ids a value refers to. */
export function references(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(references);
  if (typeof value !== 'object' || value === null) return [];
  const { Ref, 'Fn::GetAtt': attribute } = value as { Ref?: string; 'Fn::GetAtt'?: [string, string] };
  return [...(Ref ? [Ref] : []), ...(attribute ? [attribute[0]] : []), ...Object.values(value).flatMap(references)];
}

export const list = <T>(value: T | T[] | undefined): T[] => (value === undefined ? [] : Array.isArray(value) ? value : [value]);

/** Every statement of a role, wherever CDK wrote it. */
export function statementsOf(resources: Resources, roleId: string): Statement[] {
  const document = (policy: unknown) => (policy as { PolicyDocument: { Statement: Statement[] } }).PolicyDocument.Statement;
  const inline = list(resources[roleId]?.Properties.Policies as unknown[]).flatMap(document);
  const attached = ofType(resources, 'AWS::IAM::Policy').filter(([, p]) => references(p.Roles).includes(roleId));
  return [...inline, ...attached.flatMap(([, p]) => document(p))];
}

/** What cdk-nag finds when nothing is acknowledged, and what we acknowledged. */
export function findings(app: App): {
  found: { rule: string; path: string }[];
  accepted: { rule: string; path: string; reason: string }[];
} {
  const found = [new AwsSolutionsChecks(app), new ServerlessChecks(app)].flatMap((pack) => {
    Reflect.set(pack, 'isAcknowledged', () => false);
    return pack
      .validateScope(app)
      .violations.flatMap(({ ruleName, violatingResources }) =>
        violatingResources.map((r) => ({ rule: ruleName, path: r.constructPath ?? '' })),
      );
  });
  const accepted = app.node.findAll().flatMap(({ node }) =>
    node.metadata
      .filter(({ type }) => type === 'aws:cdk:acknowledged-rules')
      .flatMap(({ data }) =>
        Object.entries(data as Record<string, string>).map(([rule, reason]) => ({
          rule: rule.replace(/^annotation::/i, ''),
          path: node.path,
          reason: String(reason),
        })),
      ),
  );
  return { found, accepted };
}
