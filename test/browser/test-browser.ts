import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { CHROMIUM, hasChromium } from '../support/browser';

const root = join(__dirname, '..', '..');

/** Runs the tests that need a browser, if there is one. */
function main(args: string[]): void {
  if (!hasChromium()) {
    console.log(`skipped: there is no Chromium at ${CHROMIUM} (apt-get install chromium, or set CHROMIUM)`);
    return;
  }
  const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
  const config = join(root, 'jest.browser.config.js');
  const { status } = spawnSync(process.execPath, [jest, '--config', config, ...args], { stdio: 'inherit' });
  process.exitCode = status ?? 1;
}

main(process.argv.slice(2));
