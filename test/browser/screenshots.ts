import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { OnboardingProject } from '../../scripts/project';
import { launchBrowser } from '../support/browser';
import { TestCloud } from '../support/test-cloud';

const DIRECTORY = join(__dirname, '..', '..', 'docs', 'images');

/** Uses the console, and takes the pictures of it that the README shows. */
async function main(): Promise<void> {
  mkdirSync(DIRECTORY, { recursive: true });
  process.env.TEST_CLOUD_ASSEMBLY = await new OnboardingProject().synthesize();
  const cloud = await TestCloud.start({ queueTimeScale: 0.2, patient: false });
  const browser = await launchBrowser();
  try {
    await takePictures(cloud, browser);
  } finally {
    await browser.close();
    await cloud.close();
  }
}

async function takePictures(cloud: TestCloud, browser: Browser): Promise<void> {
  await cloud.signUpAndConfirm(); // every function is warm
  const context = await browser.newContext({
    baseURL: cloud.endpoint,
    viewport: { width: 1440, height: 900 },
  });
  const page = await context.newPage();
  const succeeded = await signUp(page, 'ada@example.com', 'Done in');
  await page.goto('/console/faults');
  await page.getByRole('button', { name: 'Switch on: Throttle group adds' }).click();
  const healed = await signUp(page, 'grace@example.com', 'Parked; next retry in');
  await page.goto('/console/faults');
  await page.getByRole('button', { name: 'Switch off: Throttle group adds' }).click();
  await page.goto(healed);
  await page.locator('.story', { hasText: 'Healed' }).waitFor();
  const pictures = { success: succeeded, healed };
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const [name, path] of Object.entries(pictures)) {
      await page.goto(path);
      await page.screenshot({ path: join(DIRECTORY, `console-${name}-${colorScheme}.png`) });
    }
  }
}

/** Signs a user up on the page, waits for a text on the execution's page, and returns its address. */
async function signUp(page: Page, email: string, story: string): Promise<string> {
  await page.goto('/console/users');
  await page.getByLabel('E-mail address').fill(email);
  await page.getByRole('button', { name: 'Sign up and confirm' }).click();
  await page.locator('.story', { hasText: story }).waitFor();
  return page.url();
}

main().catch((error: Error) => {
  console.error(error);
  process.exitCode = 1;
});
