import { OnboardingProject } from '../../scripts/project';

/** Bundles and synthesizes the app once for all tests, with source maps, as `npm start` does. */
export default async function globalSetup(): Promise<void> {
  process.env.TEST_CLOUD_ASSEMBLY = await new OnboardingProject().synthesize();
}
