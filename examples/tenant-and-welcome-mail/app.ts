import { App, Duration, Stack } from 'aws-cdk-lib';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Code, Function as Lambda, Runtime } from 'aws-cdk-lib/aws-lambda';
import { UserOnboarding } from 'confirmed-user-onboarding';

const stack = new Stack(new App(), 'Shop');
const tenants = new Table(stack, 'Tenants', { partitionKey: { name: 'owner', type: AttributeType.STRING } });
const eventBus = new EventBus(stack, 'Events');
const fn = { runtime: Runtime.NODEJS_24_X, code: Code.fromAsset('functions'), timeout: Duration.seconds(20) };

// Every user gets a tenant before their record, which names it.
const createTenant = new Lambda(stack, 'CreateTenant', { ...fn, handler: 'create-tenant.handler' });
createTenant.addEnvironment('TENANTS', tenants.tableName);
tenants.grant(createTenant, 'dynamodb:UpdateItem');

const { table } = new UserOnboarding(stack, 'Onboarding', {
  steps: [{ name: 'CreateTenant', function: createTenant, attributes: ['email'] }],
  record: { attributes: { email: '<email>', tenantId: '<CreateTenant.tenantId>', createdAt: '<now>' } },
  eventBus,
});

// The mail is no step: if it cannot be sent, the user is onboarded all the same.
const sendMail = new Lambda(stack, 'SendWelcomeMail', { ...fn, handler: 'send-welcome-mail.handler' });
sendMail.addEnvironment('RECORDS', table.tableName);
table.grant(sendMail, 'dynamodb:GetItem');
sendMail.addToRolePolicy(new PolicyStatement({ actions: ['ses:SendEmail'], resources: ['*'] }));
const eventPattern = { source: ['confirmed-user-onboarding'], detailType: ['UserOnboarded'] };
new Rule(stack, 'WelcomeMail', { eventBus, eventPattern, targets: [new LambdaFunction(sendMail)] });
