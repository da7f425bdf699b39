import type { Outcome } from '../../../local/aws/invocation';
import { CustomResources } from '../../../local/cloudformation/custom-resources';

interface Event {
  readonly RequestId: string;
  readonly ResponseURL: string;
}

const request = {
  requestType: 'Create',
  stackId: 'arn:aws:cloudformation:us-east-1:000000000000:stack/Stack/Stack',
  stackName: 'Stack',
  logicalId: 'Resource',
  type: 'Custom::Thing',
  properties: { ServiceToken: 'arn:function', Enabled: true, Size: 5, Names: ['a', 7] },
} as const;
const done: Outcome = { payload: 'null', failed: false };

/** Custom resources whose function does this with its event. */
function customResources(act: (event: Event, resources: CustomResources) => Outcome | Promise<Outcome>) {
  const events: Event[] = [];
  const resources: CustomResources = new CustomResources(
    'http://127.0.0.1:4566',
    async (_, payload) => {
      const event = JSON.parse(payload);
      events.push(event);
      return act(event, resources);
    },
    () => true,
  );
  return { resources, events };
}

const answering = (answer: object) =>
  customResources(({ RequestId }, resources) => {
    resources.answer(RequestId, { PhysicalResourceId: 'thing-1', ...answer });
    return done;
  });

test("asks in CloudFormation's form, in which everything is a string", async () => {
  const { resources, events } = answering({ Status: 'SUCCESS' });

  await expect(resources.request(request)).resolves.toEqual({ physicalId: 'thing-1', data: {} });

  const requestId = events[0]?.RequestId;
  expect(events).toEqual([
    {
      RequestType: 'Create',
      ServiceToken: 'arn:function',
      ResponseURL: `http://127.0.0.1:4566/_local/custom-resources/${requestId}`,
      StackId: 'arn:aws:cloudformation:us-east-1:000000000000:stack/Stack/Stack',
      RequestId: requestId,
      LogicalResourceId: 'Resource',
      ResourceType: 'Custom::Thing',
      ResourceProperties: { ServiceToken: 'arn:function', Enabled: 'true', Size: '5', Names: ['a', '7'] },
    },
  ]);
});

test('asks for a resource to be deleted by what it was called', async () => {
  const { resources, events } = answering({ Status: 'SUCCESS' });

  await resources.request({ ...request, requestType: 'Delete', physicalId: 'thing-1' });

  expect(events).toMatchObject([{ RequestType: 'Delete', PhysicalResourceId: 'thing-1' }]);
});

test('fails with the reason, and the id of what is left', async () => {
  const { resources } = answering({ Status: 'FAILED', Reason: 'no room' });

  await expect(resources.request(request)).rejects.toMatchObject({
    message: 'Resource: Create failed: no room',
    physicalId: 'thing-1',
  });
});

test('fails with the function, which will not answer any more', async () => {
  const { resources } = customResources(() => ({
    payload: '{"errorType":"Error","errorMessage":"broken\\nTrace","trace":["at"]}',
    failed: true,
  }));

  await expect(resources.request(request)).rejects.toMatchObject({
    message: expect.stringMatching(/failed before it answered: Error: broken$/),
    physicalId: 'Stack-Resource',
  });
});

test('fails with a function that is not there', async () => {
  const { resources } = customResources(() => {
    throw new Error('Function not found');
  });

  await expect(resources.request(request)).rejects.toThrow('Function not found');
});

test('waits for an answer that comes when the function has ended, but no longer than it is told to', async () => {
  const { resources, events } = customResources(() => done);
  const later = resources.request(request);
  resources.answer(events[0]?.RequestId ?? '', { Status: 'SUCCESS', PhysicalResourceId: 'thing-1' });
  const properties = { ...request.properties, ServiceTimeout: '0.01' };

  await expect(later).resolves.toEqual({ physicalId: 'thing-1', data: {} });
  await expect(resources.request({ ...request, properties })).rejects.toThrow('no answer within 0.01 s');
});

test('says that nobody waits for an answer', () => {
  const { resources } = customResources(() => done);

  expect(resources.answer('unknown', { Status: 'SUCCESS', PhysicalResourceId: 'thing-1' })).toBe(false);
});

test.each([[{}], [{ Status: 'MAYBE', PhysicalResourceId: 'thing-1' }], [{ Status: 'SUCCESS' }], [null]])(
  'refuses %j as an answer',
  (answer) => {
    const { resources } = customResources(() => done);

    expect(() => resources.answer('any', answer)).toThrow("not a custom resource's answer");
  },
);
