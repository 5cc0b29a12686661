import { App, type AppProps, Tags, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { type Bundle, bundleFunctions } from './bundle.ts';
import { EdgeStack } from './edge.ts';
import { settingsOf } from './settings.ts';
import { prepareSite } from './site-files.ts';
import { MarketStack } from './stack.ts';

/** What a test has built elsewhere. */
interface Built {
  bundles?: readonly Bundle[];
  site?: { from: string; to: string };
}

/** The cloud market, not yet synthesized. Needs no network, credentials or Docker. */
export async function marketApp(props: AppProps = {}, built: Built = {}): Promise<App> {
  const app = new App({ analyticsReporting: false, ...props });
  const settings = settingsOf(app.node);
  const account = process.env.CDK_DEFAULT_ACCOUNT;
  const edge = new EdgeStack(app, 'ChoKinhBacEdge', {
    description: 'Cho Kinh Bac: certificate and firewall of CloudFront',
    env: { account, region: 'us-east-1' },
    settings,
  });
  new MarketStack(app, 'ChoKinhBac', {
    description: 'Cho Kinh Bac: the online market of Bac Ninh OCOP goods',
    env: { account, region: settings.region },
    terminationProtection: true,
    settings,
    bundles: built.bundles ?? (await bundleFunctions()),
    files: await prepareSite(settings.publicOrigin, built.site?.from, built.site?.to),
    edge,
  });
  Tags.of(app).add('project', 'cho-kinh-bac');
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  return app;
}

if (import.meta.main) (await marketApp()).synth();
