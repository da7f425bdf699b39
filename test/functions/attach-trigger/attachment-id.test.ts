import fc from 'fast-check';
import { formatAttachmentId, parseAttachmentId } from '../../../functions/attach-trigger/attachment-id';

// The longest that Cognito and Lambda allow.
const userPools = fc.stringMatching(/^[a-z]{2}-[a-z]{4,14}-[0-9]_[0-9A-Za-z]{1,36}$/);
const triggers = fc
  .stringMatching(/^[A-Za-z0-9-_]{1,64}$/)
  .map((name) => `arn:aws:lambda:us-gov-west-1:123456789012:function:${name}:live`);
const moves = fc.array(
  fc.record({ userPoolId: userPools, previousTrigger: fc.option(triggers, { nil: undefined }) }),
  { minLength: 1, maxLength: 60 },
);

test('an id is short enough for CloudFormation after any number of moves, and holds the last one', () => {
  fc.assert(
    fc.property(moves, fc.constantFrom(undefined, 'nothing-attached'), (pools, first) => {
      let id: string | undefined = first;
      for (const pool of pools) {
        const movedFrom = id;
        id = formatAttachmentId({ ...pool, movedFrom });

        expect(id.length).toBeLessThanOrEqual(1_024);
        const parsed = parseAttachmentId(id);
        expect(parsed).toMatchObject({ userPoolId: pool.userPoolId });
        expect(parsed?.previousTrigger).toBe(pool.previousTrigger);
        // What the pool before looked like is known as far as a rollback needs it.
        const before = parseAttachmentId(movedFrom);
        if (before) {
          const { userPoolId, previousTrigger } = before;
          expect(parseAttachmentId(parsed?.movedFrom)).toMatchObject({ userPoolId });
          expect(parseAttachmentId(parsed?.movedFrom)?.previousTrigger).toBe(previousTrigger);
        }
      }
    }),
  );
});

test('a few moves are remembered whole, so that a rollback gets exactly the same id again', () => {
  let id = 'us-east-1_Pool00000|';
  for (let move = 1; move <= 20; move += 1) {
    const movedFrom = id;
    id = formatAttachmentId({ userPoolId: `us-east-1_Pool${10_000 + move}`, movedFrom });

    expect(parseAttachmentId(id)?.movedFrom).toBe(movedFrom);
  }
});
