import { Timestamp } from '../shared/elements';
import type { QueueView } from '../shared/queues';
import { Table } from '../shared/table';
import type { MoveTask } from './move-tasks';

/** Moves the messages of a dead-letter queue back, and shows what became of earlier redrives. */
export function Redrive({
  queue: { arn, waiting },
  tasks,
}: {
  queue: QueueView;
  tasks: readonly MoveTask[];
}) {
  return (
    <>
      {waiting.length > 0 && (
        <form method="post" action="/console/queues/redrive">
          <input type="hidden" name="arn" value={arn} />
          <button type="submit">Redrive to the source queue</button>
        </form>
      )}
      {tasks.length > 0 && (
        <Table
          label="Redrives, newest first"
          columns={['Redrive', 'Status', 'Messages moved', 'Failure']}
          empty=""
          rows={tasks.map((task) => ({
            key: `redrive-${task.StartedTimestamp}`,
            cells: [
              <Timestamp at={task.StartedTimestamp} />,
              task.Status,
              task.ApproximateNumberOfMessagesMoved,
              task.FailureReason ?? '–',
            ],
          }))}
        />
      )}
    </>
  );
}
