import { Timestamp } from '../shared/elements';

/** Moves the clock of the local cloud. */
export function ClockForm({ time }: { time: number }) {
  return (
    <>
      <p>
        On the clock of the local cloud it is <Timestamp at={time} />. Moving it forward ends the waits of
        queues, lets codes and tokens expire, and starts the schedules that become due.
      </p>
      <form class="filter" method="post" action="/console/faults/clock">
        <label class="short">
          Hours
          <input type="number" name="hours" value="1" min="0.01" step="any" required />
        </label>
        <button type="submit">Move the clock forward</button>
      </form>
    </>
  );
}
