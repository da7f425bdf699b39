import { AwsError } from '../../../local/aws/api';
import { CreatedResources } from '../../../local/cloudformation/created-resources';

function resource(path: string, deleted: string[], ...codes: string[]) {
  return {
    path,
    delete: async () => {
      const code = codes.shift();
      if (code) throw new AwsError(code, 'no');
      deleted.push(path);
    },
  };
}

test.each(['QueueDoesNotExist', 'ResourceNotFoundException', 'UserNotFoundException'])(
  'what somebody else has deleted is deleted: %s',
  async (code) => {
    const created = new CreatedResources();
    const deleted: string[] = [];
    created.add(resource('Shop/First', deleted));
    created.add(resource('Shop/Second', deleted, code));
    created.add(resource('Shop/Third', deleted, code));

    expect(await created.deleteOne('Shop/Third')).toBe(true);
    await created.delete();

    expect(deleted).toEqual(['Shop/First']);
  },
);

test('after an error, the deletion goes on from where it stopped', async () => {
  const created = new CreatedResources();
  const deleted: string[] = [];
  created.add(resource('Shop/First', deleted));
  created.add(resource('Shop/Second', deleted, 'AccessDeniedException'));
  created.add(resource('Shop/Third', deleted));

  await expect(created.delete()).rejects.toMatchObject({ code: 'AccessDeniedException' });
  expect(deleted).toEqual(['Shop/Third']);
  await created.delete();

  expect(deleted).toEqual(['Shop/Third', 'Shop/Second', 'Shop/First']);
});
