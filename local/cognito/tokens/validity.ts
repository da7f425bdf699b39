import type { AppClient } from 'cognito-local/lib/services/appClient';

const SECONDS: Record<string, number> = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 };

/** How long tokens are valid unless the app client says otherwise, in its unit. */
const DEFAULTS = {
  AccessToken: { unit: 'hours', value: 1 },
  IdToken: { unit: 'hours', value: 1 },
  RefreshToken: { unit: 'days', value: 30 },
};

/** How long a token of an app client is valid, in s. */
export function lifetime(client: AppClient, token: keyof typeof DEFAULTS): number {
  const { unit, value } = DEFAULTS[token];
  return (client[`${token}Validity`] || value) * (SECONDS[client.TokenValidityUnits?.[token] ?? unit] ?? 1);
}
