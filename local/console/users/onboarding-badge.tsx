import { Badge } from '../shared/status';
import { isOnboarded, type PoolUser } from './users';

/** Cognito's statuses in words. */
export const STATUS_LABELS: Record<string, string> = {
  CONFIRMED: 'Confirmed',
  UNCONFIRMED: 'Unconfirmed',
  EXTERNAL_PROVIDER: 'External provider',
  FORCE_CHANGE_PASSWORD: 'Has to change the password',
};

/** Whether a user has all that onboarding gives. */
export function OnboardingBadge({ user }: { user: PoolUser }) {
  if (isOnboarded(user)) {
    const label = user.groups.length > 0 ? 'Onboarded' : 'Onboarded, in no group';
    return <Badge tone="succeeded" label={label} />;
  }
  if (user.status === 'UNCONFIRMED') return <Badge tone="not-reached" label="Not confirmed yet" />;
  if (user.isEventPending) return <Badge tone="warning" label="Waiting for the event" />;
  return <Badge tone="warning" label="Not onboarded" />;
}
