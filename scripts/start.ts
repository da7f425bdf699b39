import { run } from '../local/cli/main';
import { synthesizeApp } from './synthesized-app';

void run(process.argv.slice(2), process.env, async () => (await synthesizeApp()).assembly);
