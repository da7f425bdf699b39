import * as v from 'valibot';
import { type ConfirmedUser, confirmedUserOf } from '../onboarding/confirmed-user';
import { eligibilityRules, reasonNotToOnboard, type SkipReason } from '../onboarding/eligibility';
import { parse } from '../onboarding/parse';

// Cognito adds fields and trigger sources over time: only the fields that are used are checked.
/** Turns an attribute that is not text into text: it must not keep the user from being onboarded. */
const attribute = v.optional(v.pipe(v.unknown(), v.transform(asText)));
const TriggerEventSchema = v.object({ triggerSource: v.string() });
const ConfirmSignUpEventSchema = v.object({
  userPoolId: v.string(),
  userName: v.string(),
  request: v.object({
    userAttributes: v.objectWithRest({ sub: v.string() }, attribute),
  }),
});

/**
 * What a post confirmation event asks for: a user to onboard, or a user who is skipped, or nothing because
 * nobody signed up.
 */
export interface PostConfirmation {
  readonly user?: ConfirmedUser;
  readonly skipped?: { readonly reason: SkipReason; readonly status?: string; readonly sub: string };
  readonly ignored?: { readonly triggerSource: string };
}

/**
 * Reads the event of Cognito's post confirmation trigger.
 *
 * Only `PostConfirmation_ConfirmSignUp` onboards a user. The first sign-in of a federated user is such an
 * event, too.
 *
 * @throws InvalidInputError for an event that Cognito does not send.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-post-confirmation.html
 */
export function parsePostConfirmationEvent(event: unknown): PostConfirmation {
  const { triggerSource } = parse(TriggerEventSchema, event, 'a trigger event');
  if (triggerSource !== 'PostConfirmation_ConfirmSignUp') {
    return { ignored: { triggerSource } };
  }
  const { userPoolId, userName, request } = parse(
    ConfirmSignUpEventSchema,
    event,
    'a post confirmation event',
  );
  const { userAttributes } = request;
  const { sub, email_verified: emailVerified, identities, 'cognito:user_status': status } = userAttributes;
  const reason = reasonNotToOnboard({ status, emailVerified, identities }, eligibilityRules());
  if (reason) return { skipped: { reason, status, sub } };
  return { user: confirmedUserOf({ userPoolId, username: userName, attributes: userAttributes }) };
}

function asText(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
