import { attribute, attributesAppend, attributeValue } from 'cognito-local/lib/services/userPoolService';
import { AwsError, type Input, type Performers } from '../../aws/api';
import { context } from '../emulator/context';
import type { CognitoParts } from '../tokens/parts';
import { subOf } from '../tokens/tokens';
import { claimAliases } from '../users/aliases';

type Address = 'email' | 'phone_number';

/** The actions by which a signed-in user verifies an address. */
export function verificationPerformers(parts: CognitoParts): Performers {
  return {
    GetUserAttributeVerificationCode: (input) => sendCode(parts, input),
    VerifyUserAttribute: (input) => verify(parts, input),
  };
}

async function sendCode({ tokens, codes, messages }: CognitoParts, input: Input): Promise<unknown> {
  const { app, user } = await tokens.authenticate(input.AccessToken);
  const name = addressIn(input);
  const value = attributeValue(name, user.Attributes);
  if (!value) throw invalid(`User has no attribute ${name} to verify`);
  const details = await messages.send({
    userPool: app.userPool,
    user,
    clientId: app.client.ClientId,
    purpose: 'VerifyUserAttribute',
    code: codes.issue(subOf(user), name, { attribute: name, value }),
    attribute: name,
    clientMetadata: input.ClientMetadata,
  });
  return { CodeDeliveryDetails: details };
}

/** The address that got the code is the one that is verified, even if the user has another one by now. */
async function verify({ tokens, codes, now }: CognitoParts, input: Input): Promise<unknown> {
  const { app, user } = await tokens.authenticate(input.AccessToken);
  const name = addressIn(input);
  const { value } = codes.check(subOf(user), name, input.Code);
  const verified = [attribute(name, value), attribute(`${name}_verified`, 'true')];
  const Attributes = attributesAppend(user.Attributes, ...verified);
  const changed = { ...user, Attributes, UserLastModifiedDate: new Date(now()) };
  await claimAliases(app.userPool, changed, [name], false);
  await app.userPool.saveUser(context, changed);
  codes.forget(subOf(user), name);
  return {};
}

function addressIn({ AttributeName }: Input): Address {
  if (AttributeName === 'email' || AttributeName === 'phone_number') return AttributeName;
  throw invalid(`Only email and phone_number can be verified, not ${AttributeName}`);
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterException', message);
}
