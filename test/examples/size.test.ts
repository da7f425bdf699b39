import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const examples = join(__dirname, '..', '..', 'examples');

/** The lines of all files of a folder. */
function linesIn(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
  const texts = files.map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8'));
  return texts.reduce((sum, text) => sum + text.trimEnd().split('\n').length, 0);
}

test.each(readdirSync(examples))(
  'the example %s can be read at one glance: it has at most 60 lines',
  (name) => {
    expect(linesIn(join(examples, name))).toBeLessThanOrEqual(60);
  },
);
