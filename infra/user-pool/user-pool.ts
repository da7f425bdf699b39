import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import {
  AccountRecovery,
  FeaturePlan,
  UserPool,
  type UserPoolClient,
  type UserPoolEmail,
  VerificationEmailStyle,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import { acknowledge } from '../access/acknowledge';

/** Whether the user pool can be deleted, and how it sends e-mail. */
export interface OnboardingUserPoolProps {
  readonly deletionProtection: boolean;
  /** @default - Cognito's own sender: 50 e-mails a day */
  readonly email?: UserPoolEmail;
}

/** A user pool in which people sign themselves up by e-mail, and its app client. */
export class OnboardingUserPool extends Construct {
  readonly userPool: UserPool;
  readonly userPoolClient: UserPoolClient;

  constructor(scope: Construct, id: string, { deletionProtection, email }: OnboardingUserPoolProps) {
    super(scope, id);
    this.userPool = new UserPool(this, 'UserPool', {
      // It has all that the onboarding uses, at a third of the price of Cognito's default, Essentials.
      featurePlan: FeaturePlan.LITE,
      email,
      selfSignUpEnabled: true,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      autoVerify: { email: true },
      userVerification: { emailStyle: VerificationEmailStyle.CODE },
      standardAttributes: {
        email: { required: true, mutable: true },
        address: { required: false, mutable: true },
      },
      passwordPolicy: {
        minLength: 12,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: true,
        tempPasswordValidity: Duration.days(3),
      },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      deletionProtection,
      // A first deployment that fails leaves nothing behind, and can be repeated.
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    acknowledge(this.userPool, 'COG2', 'The application decides whether users need a second factor.');
    acknowledge(
      this.userPool,
      'COG8',
      'The Plus plan has a price for each user; an application that wants it sets it on the pool.',
    );
    this.userPoolClient = this.userPool.addClient('Client', {
      // USER_PASSWORD_AUTH lets the AWS CLI sign users in; applications should prefer SRP.
      authFlows: { userSrp: true, userPassword: true },
      preventUserExistenceErrors: true,
      // CDK would otherwise open the implicit grant with example.com as its callback.
      disableOAuth: true,
    });
  }
}
