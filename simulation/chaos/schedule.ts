import fc from 'fast-check';
import type { Fault } from '../../local/gateway/faults';

/** A user who arrives: their kind, and the `address` they give. */
export interface ChaosUser {
  /** The last three must not be onboarded. */
  readonly kind: 'native' | 'federated' | 'unverified' | 'unconfirmed' | 'disabled';
  readonly address?: string;
}

/** The users who arrive, and the faults while they do. */
export interface Schedule {
  readonly users: ChaosUser[];
  readonly faults: Fault[];
  /** A fault that stays until all retries are used up; the others are lifted earlier. */
  readonly lasting?: Fault;
}

const TRANSIENT: readonly (readonly [action: string, errors: readonly string[]])[] = [
  [
    'cognito-idp:AdminAddUserToGroup',
    ['TooManyRequestsException', 'InternalErrorException', 'AccessDeniedException'],
  ],
  ['dynamodb:PutItem', ['ThrottlingException', 'InternalServerError', 'ResourceNotFoundException']],
  ['states:StartSyncExecution', ['ThrottlingException', 'ServiceUnavailable']],
  ['lambda:InvokeFunction', ['TooManyRequestsException', 'ServiceException']],
  ['sqs:SendMessage', ['ThrottlingException', 'QueueDoesNotExist']],
  ['sqs:ReceiveMessage', ['ThrottlingException']],
  ['sqs:DeleteMessage', ['ThrottlingException']],
  ['sqs:ChangeMessageVisibility', ['ThrottlingException']],
];

const probability = fc.constantFrom(0.1, 0.3, 0.6, 1);

const errorFault: fc.Arbitrary<Fault> = fc
  .constantFrom(...TRANSIENT)
  .chain(([action, errors]) =>
    fc.record({ action: fc.constant(action), error: fc.constantFrom(...errors), probability }),
  );

const delayFault: fc.Arbitrary<Fault> = fc.record({
  action: fc.constantFrom('cognito-idp:AdminAddUserToGroup', 'dynamodb:PutItem', 'states:StartSyncExecution'),
  // The last is longer than the time of a trigger.
  delayMs: fc.constantFrom(200, 1_000, 4_000),
  probability,
});

const quotaFault: fc.Arbitrary<Fault> = fc.record({
  action: fc.constant('cognito-idp:AdminAddUserToGroup'),
  perSecond: fc.constantFrom(0, 2, 10),
});

const localFault: fc.Arbitrary<Fault> = fc.record({
  action: fc.constantFrom('local:DeliverTriggerTwice', 'local:DeliverMessageTwice', 'local:KillFunction'),
  probability: fc.constantFrom(0.1, 0.3),
});

const address = fc.option(
  fc.oneof(
    fc.constant('{"address_type":"home","locality":"London"}'),
    fc.constantFrom(
      '{"address_type":"__proto__"}',
      '{"constructor":{"name":"Set"}}',
      '{"":1}',
      '[[[',
      '\uffff',
      '😀',
    ),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 100 }),
    fc.json(),
  ),
  { nil: undefined },
);

const user: fc.Arbitrary<ChaosUser> = fc.record({
  kind: fc.oneof(
    { weight: 6, arbitrary: fc.constant('native' as const) },
    { weight: 2, arbitrary: fc.constant('federated' as const) },
    {
      weight: 2,
      arbitrary: fc.constantFrom('unverified' as const, 'unconfirmed' as const, 'disabled' as const),
    },
  ),
  address,
});

const LASTING: readonly Fault[] = [
  { action: 'cognito-idp:AdminAddUserToGroup', error: 'AccessDeniedException' },
  { action: 'dynamodb:PutItem', error: 'ResourceNotFoundException' },
  { action: 'states:StartSyncExecution', error: 'AccessDeniedException' },
];

/** Random schedules for a number of users. */
export function schedules(users: number): fc.Arbitrary<Schedule> {
  return fc.record({
    users: fc.array(user, { minLength: users, maxLength: users, size: 'max' }),
    faults: fc.array(fc.oneof(errorFault, delayFault, quotaFault, localFault), {
      minLength: 1,
      maxLength: 4,
    }),
    lasting: fc.option(fc.constantFrom(...LASTING), { nil: undefined, freq: 2 }),
  });
}
