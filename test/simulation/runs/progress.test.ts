import { Progress } from '../../../simulation/runs/progress';

function progressOf(total: number, isTTY: boolean) {
  const written: string[] = [];
  let time = 0;
  const output = { isTTY, write: (text: string) => written.push(text) };
  const progress = new Progress(total, output, () => time);
  const after = (ms: number, users: number) => {
    time += ms;
    progress.advance(users);
  };
  return { progress, after, written };
}

test('a short run tells only its end', () => {
  const { progress, after, written } = progressOf(1_000, false);

  after(1_000, 500);
  after(1_000, 500);
  progress.end(300);

  expect(written).toEqual(['1000 users in 2.0 s, 500 a second, 300 MB in a worker at most\n']);
});

test('a long run tells every ten seconds how far it is', () => {
  const { after, written } = progressOf(10_000, false);

  after(1_500, 1_000);
  after(1_500, 1_000);
  after(5_000, 1_000);
  after(5_000, 1_000);

  expect(written).toEqual([
    '2000 of 10000 users, 667 a second, 12.0 s left\n',
    '4000 of 10000 users, 308 a second, 19.5 s left\n',
  ]);
});

test('on a terminal, the line is overwritten', () => {
  const { progress, after, written } = progressOf(10_000, true);

  after(4_000, 1_000);
  after(4_000, 1_000);
  progress.end(300);

  expect(written).toEqual([
    '\r\x1b[K1000 of 10000 users, 250 a second, 36.0 s left',
    '\r\x1b[K2000 of 10000 users, 250 a second, 32.0 s left',
    '\r\x1b[K',
    '2000 users in 8.0 s, 250 a second, 300 MB in a worker at most\n',
  ]);
});
