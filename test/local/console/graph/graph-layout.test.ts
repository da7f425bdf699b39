import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Box, END, type GraphLayout, layOut, START } from '../../../../local/console/graph/graph-layout';

const definitionOf = (name: string) => {
  const file = join(__dirname, '..', '..', '..', '..', 'state-machines', `${name}.asl.json`);
  return JSON.parse(readFileSync(file, 'utf8'));
};
const edgeOf = ({ edges }: GraphLayout, from: string, to: string) => {
  return edges.find((edge) => edge.from === from && edge.to === to);
};
const overlap = (a: Box, b: Box) => {
  return Math.abs(a.x - b.x) < (a.width + b.width) / 2 && Math.abs(a.y - b.y) < (a.height + b.height) / 2;
};

test.each(['onboarding', 'reconciliation'])('lays out every state of %s, none over another', (name) => {
  const definition = definitionOf(name);

  const { nodes, width, height } = layOut(definition);

  expect([...nodes.keys()].toSorted()).toEqual([...Object.keys(definition.States), START, END].toSorted());
  const boxes = [...nodes.values()];
  expect(boxes.filter((a) => boxes.some((b) => a !== b && overlap(a, b)))).toEqual([]);
  for (const { x, y } of boxes) {
    expect(x).toBeLessThan(width);
    expect(y).toBeLessThan(height);
  }
});

test('leads from the start over choices, defaults and catchers to the end', () => {
  const graph = layOut(definitionOf('onboarding'));

  expect(edgeOf(graph, START, 'AddUserToGroup')).toMatchObject({ isCatch: false });
  expect(edgeOf(graph, 'AddUserToGroup', 'PutUserRecord')).toMatchObject({ isCatch: false });
  expect(edgeOf(graph, 'AddUserToGroup', 'WasStartedByTrigger')).toMatchObject({
    isCatch: true,
    label: 'Catch',
    labelBox: { x: expect.any(Number), y: expect.any(Number) },
  });
  expect(edgeOf(graph, 'WasStartedByTrigger', 'ParkUser')).toBeDefined();
  expect(edgeOf(graph, 'WasStartedByTrigger', 'OnboardingFailed')).toMatchObject({ label: 'Default' });
  expect(edgeOf(graph, 'UserOnboarded', END)).toBeDefined();
});

test('draws a loop', () => {
  const graph = layOut(definitionOf('reconciliation'));

  expect(edgeOf(graph, 'IsLastPage', 'ReconcileUsers')?.points.length).toBeGreaterThan(1);
});
