import axe, { type AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

/** In px: a telephone, a tablet and a screen. */
const WIDTHS = [375, 768, 1440];

/** In px: between the others, and 1,440 at 200 % zoom. */
const OTHER_WIDTHS = [700, 720, 800, 930, 1100];

const HEIGHT = 800;

/** The page as it is now fits at every width, and is accessible, light and dark. */
export async function expectUsable(page: Page): Promise<void> {
  for (const width of [...OTHER_WIDTHS, ...WIDTHS]) await expectFits(page, width);
  await page.evaluate(axe.source);
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: HEIGHT });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const { violations } = await page.evaluate<AxeResults>('axe.run()');
      const serious = violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => [id, nodes[0]?.html]);
      expect({ url: page.url(), width, colorScheme, serious }).toMatchObject({ serious: [] });
    }
  }
}

async function expectFits(page: Page, width: number): Promise<void> {
  await page.setViewportSize({ width, height: HEIGHT });
  const needed = await page.evaluate<number>('document.documentElement.scrollWidth');
  expect({ url: page.url(), width, needed }).toMatchObject({ needed: width });
}
