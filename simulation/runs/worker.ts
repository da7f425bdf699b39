import { readFileSync } from 'node:fs';
import type { App } from '../app/app';
import type { Bundles } from '../code/bundles';
import { compile } from '../code/sandbox';
import { run } from '../world/run';
import type { Program } from '../world/world';
import { type Shard, scheduleOf, seedOf } from './shard';

/** What every worker runs; the main process writes it into a file. */
export interface ProgramText extends Bundles {
  readonly app: App;
}

/** The process of a worker: it runs one world after the other, and answers with what became of each. */
function main(programFile: string): void {
  const program = programOf(JSON.parse(readFileSync(programFile, 'utf8')));
  process.on('message', async (shard: Shard) => {
    try {
      process.send?.({ outcome: await run(program, scheduleOf(shard), seedOf(shard), shard.storyOf) });
    } catch (error) {
      process.send?.({ error: (error as Error).stack });
    }
  });
}

function programOf({ app, functions, interpreter }: ProgramText): Program {
  const codes = Object.entries(functions).map(([folder, text]) => [folder, compile(text, `${folder}.cjs`)]);
  return { app, functions: Object.fromEntries(codes), interpreter: compile(interpreter, 'interpreter.cjs') };
}

main(process.argv[2] as string);
