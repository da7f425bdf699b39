import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import cdkJson from '../../../cdk.json';
import { UserOnboarding } from '../../../infra/user-onboarding';
import { CloudAssembly } from '../../../local/cloudformation/cloud-assembly';
import { eventually, TestCloud } from '../../support/test-cloud';
import { failuresIn, leftOn, verifyOn } from '../../support/verification';

let cloud: TestCloud;

/** A stack that publishes an event for each user. */
function assemblyWithEventBus(): CloudAssembly {
  const outdir = mkdtempSync(join(process.env.TEST_CLOUD_ASSEMBLY as string, 'event-bus-'));
  const app = new App({ context: cdkJson.context, outdir, builtinCloudFormationValidation: false });
  const stack = new Stack(app, 'Shop');
  const eventBus = new EventBus(stack, 'Bus', { eventBusName: 'shop' });
  new UserOnboarding(stack, 'Onboarding', { eventBus }).createOutputs();
  app.synth();
  return new CloudAssembly(outdir);
}

beforeAll(async () => {
  cloud = await TestCloud.startEmpty(0.01);
  await cloud.deploy(assemblyWithEventBus());
});

afterAll(() => cloud.close());
afterEach(() => cloud.setFaults([]));

const nothingIsLeft = () => eventually(async () => (await leftOn(cloud)).length === 0);

test('the event of the user is seen', async () => {
  const results = await verifyOn(cloud);
  const published = await cloud.get<{ detail: { sub: string } }[]>('/_local/events');

  expect(failuresIn(results)).toEqual([]);
  expect(results).toContainEqual(
    expect.objectContaining({ name: 'the event is published', detail: 'shop has taken it' }),
  );
  expect(results).toContainEqual(
    expect.objectContaining({ name: 'the user confirms', detail: `sub ${published[0]?.detail.sub}` }),
  );
  await nothingIsLeft();
});

test('the event of a user who was parked first is seen, too', async () => {
  // As often as the state machine tries.
  await cloud.setFaults([{ action: 'events:PutEvents', error: 'InternalException', times: 3 }]);
  const results = await verifyOn(cloud);

  expect(failuresIn(results)).toEqual([]);
  expect(results).toContainEqual(
    expect.objectContaining({ name: 'the event is published', detail: 'shop has taken it' }),
  );
  await nothingIsLeft();
});
