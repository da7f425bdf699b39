import '../support/environment';
import { OnboardingProject } from '../../scripts/project';
import { useTemporaryDirectory } from '../support/temporary-directory';

/** Bundles and synthesizes the app once for all tests, with source maps, as `npm start` does. */
export default async function globalSetup(): Promise<void> {
  useTemporaryDirectory();
  process.env.TEST_CLOUD_ASSEMBLY = await new OnboardingProject().synthesize();
}
