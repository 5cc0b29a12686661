import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Alarms } from './alarms.ts';
import { Api } from './api.ts';
import type { Bundle } from './bundle.ts';
import type { EdgeStack } from './edge.ts';
import { Events } from './events.ts';
import { Functions } from './functions.ts';
import { Identity } from './identity.ts';
import type { Settings } from './settings.ts';
import { Site } from './site.ts';
import type { SiteFiles } from './site-files.ts';
import { Tables } from './tables.ts';

interface MarketProps extends StackProps {
  settings: Settings;
  bundles: readonly Bundle[];
  files: SiteFiles | undefined;
  edge: EdgeStack;
}

/** The whole market in one region. */
export class MarketStack extends Stack {
  constructor(scope: Construct, id: string, { settings, bundles, files, edge, ...props }: MarketProps) {
    super(scope, id, props);
    const alarms = new Alarms(this, settings);
    const tables = new Tables(this, alarms);
    const identity = new Identity(this);
    const functions = new Functions(this, { settings, bundles, tables, identity, alarms });
    const api = new Api(this, functions, alarms);
    new Events(this, functions, tables, alarms);
    const site = new Site(this, {
      settings,
      files,
      apiDomainName: api.domainName,
      certificate: edge.certificate,
      firewallArn: edge.firewall.attrArn,
    });

    const outputs = {
      SiteAddress: site.distribution.distributionDomainName,
      ApiAddress: api.domainName,
      UserPoolId: identity.pool.userPoolId,
      UserPoolClientId: identity.client.userPoolClientId,
    };
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }
}
