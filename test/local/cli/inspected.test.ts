import { inspectedFunction, parseInspected } from '../../../local/cli/inspected';

const NAMES = ['Shop-PutUserRecordFunctionA1', 'Shop-AddUserToGroupFunctionB2'];

test.each(['put-user-record', 'PutUserRecord', 'Shop-PutUserRecordFunctionA1', 'putuserrecord:9230'])(
  '%s finds the function',
  (text) => {
    expect(inspectedFunction(text, NAMES)).toBe(NAMES[0]);
  },
);

test('the port is that of the editors, or the one that is given', () => {
  expect(parseInspected('put-user-record').port).toBe(9229);
  expect(parseInspected('put-user-record:9230').port).toBe(9230);
});

test('a name that fits no function, or several, is refused with the names', () => {
  expect(() => inspectedFunction('user', NAMES)).toThrow(
    `several functions match: choose one of ${NAMES.join(', ')}`,
  );
  expect(() => inspectedFunction('nobody', NAMES)).toThrow(
    `no function matches: choose one of ${NAMES.join(', ')}`,
  );
});
