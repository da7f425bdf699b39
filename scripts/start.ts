import { run } from '../local/cli/main';
import { synthesizeApp } from './synthesized-app';

void run({
  name: 'npm start --',
  args: process.argv.slice(2),
  env: process.env,
  synthesize: async () => (await synthesizeApp()).assembly,
});
