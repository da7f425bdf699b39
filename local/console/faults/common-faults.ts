import type { Fault } from '../../gateway/faults';
import type { StepFunctions } from '../../step-functions/step-functions';

/** A fault that the page explains. */
interface CommonFault {
  readonly name: string;
  readonly expect: string;
  readonly fault: Fault;
}

const GROUP = 'cognito-idp:AdminAddUserToGroup';

/** The faults that the page offers, by a key. */
export type CommonFaults = ReadonlyMap<string, CommonFault>;

const COMMON_FAULTS: CommonFaults = new Map(
  Object.entries({
    'throttle-group-adds': {
      name: 'Throttle group adds',
      expect:
        'The add is retried once. Then the user is parked, and retried from the queue until you switch it off.',
      fault: { action: GROUP, error: 'TooManyRequestsException' },
    },
    'slow-group-adds': {
      name: 'Group adds take 10 s',
      expect: 'The task times out; the user is parked within the 5 s that Cognito waits.',
      fault: { action: GROUP, delayMs: 10_000 },
    },
    'group-is-missing': {
      name: 'The group does not exist',
      expect: 'The error is permanent: the state machine does not retry it, and parks the user at once.',
      fault: { action: GROUP, error: 'ResourceNotFoundException' },
    },
    'throttle-records': {
      name: 'Throttle record puts',
      expect: 'The user is in the group, but has no record until a retry puts it.',
      fault: { action: 'dynamodb:PutItem', error: 'ProvisionedThroughputExceededException' },
    },
    'throttle-executions': {
      name: 'Step Functions throttles',
      expect: 'No execution starts, and the trigger parks the user itself.',
      fault: { action: 'states:StartSyncExecution', error: 'ThrottlingException' },
    },
    'trigger-twice': {
      name: 'Cognito calls the trigger twice',
      expect: 'Each user gets two executions. The second changes nothing.',
      fault: { action: 'local:DeliverTriggerTwice' },
    },
    'message-twice': {
      name: 'SQS delivers messages twice',
      expect: 'Each parked user is retried twice at once. The second retry changes nothing.',
      fault: { action: 'local:DeliverMessageTwice' },
    },
  }),
);

/** The common faults of an onboarding; none in an app without one. */
export function commonFaultsOf({ stateMachines }: Pick<StepFunctions, 'stateMachines'>): CommonFaults {
  const hasOnboarding = stateMachines.some((machine) => machine.hasState('PutUserRecord'));
  return hasOnboarding ? COMMON_FAULTS : new Map();
}
