import pc from 'picocolors';
import type { HistoryEvent } from '../step-functions/execution-history';
import type { DemoExecution, DemoResult } from './demo';
import { formatDuration } from './progress';

/**
 * A report of what happened to the demo user.
 *
 * @param endpoint where the console is.
 */
export function demoReport(demo: DemoResult, endpoint: string): string {
  const { execution, groups, item, tokenGroups } = demo;
  return [
    execution ? executionReport(execution) : pc.red('No execution was started for this user.'),
    '',
    `${pc.bold('Group')}   ${groups.join(', ') || 'none'}`,
    `${pc.bold('Token')}   cognito:groups = ${JSON.stringify(tokenGroups)}`,
    `${pc.bold('Item')}    ${indent(JSON.stringify(item, null, 2) ?? 'none')}`,
    '',
    verdict(demo, endpoint),
  ].join('\n');
}

/** Lists the stack's outputs, the settings of the AWS CLI and SDKs, and a sign-up to paste into a shell. */
export function endpointReport(endpoint: string, region: string, outputs: Record<string, string>): string {
  const width = Math.max(...Object.keys(outputs).map((name) => name.length));
  const lines = Object.entries(outputs).map(([name, value]) => `  ${name.padEnd(width)}  ${value}`);
  return [
    pc.bold('Outputs'),
    ...lines,
    '',
    pc.bold('For the AWS CLI and the SDKs'),
    `  export AWS_ENDPOINT_URL=${endpoint} AWS_REGION=${region} AWS_DEFAULT_REGION=${region}`,
    '  export AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local AWS_DISABLE_HOST_PREFIX_INJECTION=true',
    ...(outputs.UserPoolClientId ? ['', ...signUpLines(endpoint, outputs.UserPoolClientId)] : []),
  ].join('\n');
}

function signUpLines(endpoint: string, clientId: string): string[] {
  const user = `--client-id ${clientId} --username ada@example.com`;
  return [
    pc.bold('Sign somebody up'),
    `  aws cognito-idp sign-up ${user} \\`,
    "    --password 'Correct-Horse-7' --user-attributes Name=address,Value='12 St James Square'",
    `  curl '${endpoint}/_local/messages?to=ada@example.com'   ${pc.dim('# the code they would get by mail')}`,
    `  aws cognito-idp confirm-sign-up ${user} \\`,
    '    --confirmation-code CODE',
    `  curl ${endpoint}/_local/executions   ${pc.dim('# what the state machine did')}`,
  ];
}

function verdict({ execution, onboarded }: DemoResult, endpoint: string): string {
  if (onboarded) return `The user is ${pc.green('onboarded')}.`;
  const link = `${endpoint}/console/executions/${encodeURIComponent(execution?.executionArn ?? '')}`;
  return [
    `The user is ${pc.red('not onboarded')}: ${execution ? whyNot(execution) : 'the trigger started nothing'}.`,
    execution
      ? `See what each state did: ${pc.cyan(link)}`
      : `See what the functions wrote: ${endpoint}/_local/logs`,
  ].join('\n');
}

function whyNot({ status, error = 'no error', cause, events }: DemoExecution): string {
  if (status === 'RUNNING') return 'the execution still runs';
  if (status === 'SUCCEEDED')
    return 'the execution succeeded, but the group, the token or the item is not there';
  const failed = events.find(({ type }) => /Failed|TimedOut/.test(type));
  const { stateName, details = {} } = failed ?? {};
  const first = stateName === undefined ? '' : `the state ${stateName} failed with ${inWords(details)}; `;
  return `${first}the execution ended with ${error}${cause ? ` (${cause})` : ''}`;
}

function inWords({ error = 'an error', cause }: Record<string, unknown>): string {
  return `${error}${cause ? ` (${cause})` : ''}`;
}

function executionReport({ name, status, error, cause, startDate, stopDate, events }: DemoExecution): string {
  const duration = durationOf(startDate, stopDate);
  const colour = status === 'SUCCEEDED' ? pc.green : pc.red;
  const states = stateDurations(events);
  const width = Math.max(...states.map((state) => state.name.length));
  return [
    `${pc.bold('Execution')} ${name}`,
    ...states.map((state) => `  ${state.name.padEnd(width)}  ${state.duration.padStart(8)}`),
    `  ${colour(status.padEnd(width))}  ${duration.padStart(8)}${error ? `  ${error}: ${cause}` : ''}`,
  ].join('\n');
}

function stateDurations(events: HistoryEvent[]): { name: string; duration: string }[] {
  const entered = events.filter(({ type }) => type.endsWith('StateEntered'));
  return entered.map(({ details, timestamp }) => {
    const exited = events.find(
      ({ type, details: { name } }) => type.endsWith('StateExited') && name === details.name,
    );
    return { name: String(details.name), duration: durationOf(timestamp, exited?.timestamp) };
  });
}

/** Without an end, in words: a state that failed is never left. */
function durationOf(start: string, end: string | undefined): string {
  return end === undefined ? 'no end' : formatDuration(Date.parse(end) - Date.parse(start));
}

function indent(text: string): string {
  return text.replaceAll('\n', '\n        ');
}
