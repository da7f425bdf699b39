import { fromEnv } from '@aws-sdk/credential-provider-env';
import { agent } from './primed-agent';

/**
 * The configuration that every AWS client of the functions shares.
 *
 * It has two attempts and short time-outs: after them, the state machine and the queue retry. Credentials
 * come from the environment, as Lambda provides them, without the file and network look-ups of the SDK's
 * default chain.
 *
 * @param requestTimeout how long one attempt may take, in ms.
 */
export function awsClientConfig(requestTimeout: number) {
  return {
    credentials: fromEnv(),
    maxAttempts: 2,
    retryMode: 'standard',
    requestHandler: {
      connectionTimeout: 500,
      requestTimeout,
      throwOnRequestTimeout: true,
      httpsAgent: agent,
    },
  } as const;
}
