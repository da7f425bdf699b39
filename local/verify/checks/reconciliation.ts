import { DescribeExecutionCommand, StartExecutionCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { type Check, CheckError } from '../shared/verification';
import { eventually } from '../shared/wait';

/** A reconciliation runs, without queueing anybody. Of a large pool, only its first minute is seen. */
export const reconciliation: Check = {
  name: 'a dry run of the reconciliation',
  run: async ({ clients: { sfn }, outputs, timeLimit, signal, cleanup }) => {
    const stateMachineArn = outputs.ReconciliationStateMachineArn;
    const input = JSON.stringify({ dryRun: true });
    const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn, input }));
    const stop = async () => {
      const { status } = await sfn.send(new DescribeExecutionCommand({ executionArn }));
      if (status === 'RUNNING') await sfn.send(new StopExecutionCommand({ executionArn }));
    };
    cleanup.add('the dry run', stop);
    const ended = await eventually(
      async () => {
        const execution = await sfn.send(new DescribeExecutionCommand({ executionArn }));
        return execution.status === 'RUNNING' ? undefined : execution;
      },
      { timeLimit, signal },
    );
    if (!ended) return `still running without an error after ${timeLimit / 1_000} s, and stopped then`;
    const { status, error, cause, output = '{}' } = ended;
    if (status !== 'SUCCEEDED')
      throw new CheckError(`the dry run ${executionArn} ${status}: ${error ?? 'no error'}: ${cause ?? ''}`);
    const { scanned, missing, trigger } = JSON.parse(output);
    return `${scanned} scanned, ${missing} missing, trigger ${trigger?.status}`;
  },
};
