import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(__dirname, '..');

/** The file that is made, and that is checked against the docstrings. */
export const API_FILE = join(root, 'API.md');

const EXPORTED = /^export (?:declare )?(?:abstract )?(class|interface|type) (\w+)/;

/**
 * The public API in Markdown: each exported type with its docstring, and its declaration with the docstrings of
 * its members, as the compiler writes it for the package.
 *
 * @throws Error if the compiler refuses the sources.
 */
export function apiDocument(): string {
  const directory = mkdtempSync(join(tmpdir(), 'api-'));
  try {
    const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
    const options = ['--project', 'tsconfig.package.json', '--emitDeclarationOnly', '--outDir', directory];
    execFileSync(process.execPath, [tsc, ...options], { cwd: root });
    const sections = exportsOf(join(directory, 'infra', 'user-onboarding.d.ts')).map(sectionOf);
    return `${['# API', 'Made from the docstrings by `npm run api`.', ...sections].join('\n\n')}\n`;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

interface Declaration {
  readonly name: string;
  readonly text: string;
}

/** What a module declares and exports itself, and what it exports of other modules of the package. */
function exportsOf(file: string): Declaration[] {
  const source = readFileSync(file, 'utf8');
  const own = declarationsIn(source);
  const others = [...source.matchAll(/export (?:type )?\{([^}]*)\} from '(\.[^']*)'/g)].flatMap(
    ([, names = '', from = '']) => {
      const wanted = names.split(',').map((name) => name.replace(/\btype\b/, '').trim());
      return exportsOf(`${join(dirname(file), from)}.d.ts`).filter(({ name }) => wanted.includes(name));
    },
  );
  return [...own, ...others];
}

/** A declaration begins with its docstring, and ends with the first line that closes it at the left margin. */
function declarationsIn(source: string): Declaration[] {
  const found: Declaration[] = [];
  let lines: string[] = [];
  for (const line of source.split('\n')) {
    if (line.startsWith('/**')) lines = [];
    lines.push(line);
    const isEnd = line === '}' || (line.endsWith(';') && !/^\s/.test(line));
    if (!isEnd) continue;
    const [, , name] = lines.map((each) => EXPORTED.exec(each)).find(Boolean) ?? [];
    if (name) found.push({ name, text: lines.join('\n') });
    lines = [];
  }
  return found;
}

function sectionOf({ name, text }: Declaration): string {
  const [, comment = '', declaration = text] = /^\/\*\*(.*?)\*\/\n(.*)$/s.exec(text) ?? [];
  const prose = comment.replace(/^ *\* ?/gm, '').trim();
  const code = declaration
    .split('\n')
    .filter((line) => !/^\s+private /.test(line))
    .join('\n');
  return [`## ${name}`, ...(prose ? [prose] : []), `\`\`\`ts\n${code}\n\`\`\``].join('\n\n');
}

if (require.main === module) writeFileSync(API_FILE, apiDocument());
