import { type NamedAttributes, userAttributes } from './record/user-attributes';
import { attributesNamedBy, type ResolvedRecord, resolveRecord } from './record/user-record';
import { type ResolvedSettings, resolveSettings } from './settings/onboarding-settings';
import { resolvePace } from './settings/pace';
import { type TimeBudget, timeBudget } from './settings/time-budget';
import { stateMachineDefinition } from './state-machines/definition';
import { stateNames } from './state-machines/onboarding-definition';
import { type ResolvedStep, resolveSteps } from './steps/onboarding-step';
import type { UserOnboardingProps } from './user-onboarding-props';
import { OnboardingGroup } from './user-pool/onboarding-group';

/** The props with their defaults, and what follows from them. */
export interface ResolvedProps {
  readonly settings: ResolvedSettings;
  readonly pace: ReturnType<typeof resolvePace>;
  readonly group: OnboardingGroup;
  readonly steps: readonly ResolvedStep[];
  readonly record: ResolvedRecord;
  /** The Cognito attributes that the record, the group or a step names: no others travel. */
  readonly userAttributes: readonly string[];
  readonly requireVerifiedEmail: boolean;
  readonly times: TimeBudget;
}

/** @throws Error that names the prop and its value, if it is not valid. */
export function resolveProps(props: UserOnboardingProps): ResolvedProps {
  const group = props.group ?? OnboardingGroup.named('users');
  const steps = resolveSteps(props.steps ?? [], stateNames(stateMachineDefinition('onboarding')));
  const publishesEvent = props.eventBus !== undefined;
  const record = resolveRecord(props.record ?? {}, {
    steps: steps.map(({ name }) => name),
    publishesEvent,
  });
  return {
    settings: resolveSettings(props),
    pace: resolvePace(props),
    group,
    steps,
    record,
    userAttributes: userAttributes(
      ['record', attributesNamedBy(record)],
      ['group', group.attributes],
      ...steps.map(({ name, attributes = [] }): NamedAttributes => [`the step ${name}`, attributes]),
    ),
    requireVerifiedEmail: props.requireVerifiedEmail ?? true,
    times: timeBudget({ steps, publishesEvent }),
  };
}
