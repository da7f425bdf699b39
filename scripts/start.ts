import { run } from '../local/cli/main';
import { OnboardingProject } from './project';

void run({
  name: 'npm start --',
  args: process.argv.slice(2),
  env: process.env,
  project: new OnboardingProject(),
});
