import fc from 'fast-check';
import { runSchedule } from '../../simulation/chaos/run';
import { schedules } from '../../simulation/chaos/schedule';
import { TestCloud } from '../support/test-cloud';

const RUNS = 5;
const USERS_PER_RUN = 40;

test(`whatever goes wrong while ${RUNS * USERS_PER_RUN} users arrive, none of them is lost`, async () => {
  const cloud = await TestCloud.start({ queueTimeScale: 0.01, maxReceiveCount: 3, millisecondsPerUser: 20 });
  try {
    // A burst on cold functions would only measure how long this machine takes to start processes.
    await cloud.provisionConcurrency(6);
    await fc.assert(
      fc.asyncProperty(schedules(USERS_PER_RUN), async (schedule) => {
        await runSchedule(cloud, schedule);
      }),
      { numRuns: RUNS, interruptAfterTimeLimit: 90_000, markInterruptAsFailure: true },
    );
  } finally {
    await cloud.close();
  }
}, 110_000);
