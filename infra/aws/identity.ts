import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import {
  AccountRecovery,
  CfnUserPoolGroup,
  ClientAttributes,
  FeaturePlan,
  Mfa,
  UserPool,
  type UserPoolClient,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import { type Role, roles } from '../../shared/platform/contract.ts';
import { accept } from './accept.ts';
import { prefix } from './settings.ts';

const descriptions: Record<Role, string> = {
  shopper: 'Buys; needs no account to do so',
  seller: 'Sees and changes its own stall',
  department: 'Department of Industry and Trade: reports and campaigns',
  admin: 'Runs the market',
};

/** Who may sign in. Accounts and groups are given by an administrator, never taken: there is no self sign-up. */
export class Identity extends Construct {
  readonly pool: UserPool;
  readonly client: UserPoolClient;

  constructor(scope: Construct) {
    super(scope, 'Identity');
    this.pool = new UserPool(this, 'People', {
      userPoolName: prefix,
      selfSignUpEnabled: false,
      // A plain name, because it can't be changed later: some sellers have an e-mail address, some only a telephone.
      signInAliases: { username: true },
      signInCaseSensitive: false,
      passwordPolicy: {
        minLength: 12,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: true,
        tempPasswordValidity: Duration.days(3),
      },
      accountRecovery: AccountRecovery.NONE,
      mfa: Mfa.OFF,
      featurePlan: FeaturePlan.LITE,
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    accept(this.pool, {
      'AwsSolutions-COG2':
        'POST /api/session has no step for a second factor yet, so a challenge would only lock people out. Until it has one, department and admin accounts are few, have generated passwords and are listed in docs/deploy.md as work before launch.',
      'AwsSolutions-COG8':
        'The Plus plan sells threat protection, which scores the caller; here every call comes from our Lambda, so it would score ourselves; at 140,000 sellers it would also cost more than all else. Guessing is stopped by 10 tries in 5 minutes per username (functions/accounts/sign-in.ts), by Cognito’s own lock-out and by the rate rule at the edge.',
    });
    roles.forEach((role, index) => {
      new CfnUserPoolGroup(this, role, {
        userPoolId: this.pool.userPoolId,
        groupName: role,
        description: descriptions[role],
        precedence: roles.length - index,
      });
    });
    this.client = this.pool.addClient('Market', {
      generateSecret: false,
      authFlows: { userPassword: true },
      disableOAuth: true,
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      // There is no refresh route: a stall-keeper signs in once a working day.
      accessTokenValidity: Duration.hours(8),
      idTokenValidity: Duration.hours(8),
      refreshTokenValidity: Duration.hours(24),
      // A token's owner can write these with Cognito directly: nothing the market decides by is among them.
      readAttributes: new ClientAttributes().withStandardAttributes({ locale: true }),
      writeAttributes: new ClientAttributes().withStandardAttributes({ locale: true }),
    });
  }

  /** What `functions/platform/auth.ts` checks tokens with. */
  get environment(): Record<string, string> {
    const issuer = this.pool.userPoolProviderUrl;
    return { AUTH_ISSUER: issuer, AUTH_JWKS_URI: `${issuer}/.well-known/jwks.json`, AUTH_CLIENT_ID: this.client.userPoolClientId };
  }
}
