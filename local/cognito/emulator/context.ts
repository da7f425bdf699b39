import type { Context } from 'cognito-local/lib/services/context';

const noLog = () => {};

/** What the emulator passes from call to call. */
export const context = {
  logger: { debug: noLog, info: noLog, warn: noLog, error: noLog, child: () => context.logger },
} as unknown as Context;
