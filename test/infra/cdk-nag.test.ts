import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { PROPS_OF_VARIANTS, synthesizeVariant } from '../support/variants';

interface Report {
  readonly pluginReports: readonly {
    readonly violations: readonly {
      readonly ruleName: string;
      readonly violatingConstructs: readonly { readonly constructPath: string }[];
    }[];
  }[];
}

/** @returns the findings of the AwsSolutions rules that are not acknowledged, as `<rule> <construct>`. */
function objectionsTo(variant: string): string[] {
  let outdir = '';
  // Synthesis fails for an error, but not for a warning.
  const failure = errorOf(() =>
    synthesizeVariant(variant, (app) => {
      outdir = app.outdir;
      Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    }),
  );
  const file = join(outdir, 'validation-report.json');
  if (!existsSync(file)) throw failure ?? new Error('there is no report');
  const { pluginReports }: Report = JSON.parse(readFileSync(file, 'utf8'));
  const findings = pluginReports.flatMap(({ violations }) => {
    return violations.flatMap(({ ruleName, violatingConstructs }) =>
      violatingConstructs.map(({ constructPath }) => `${ruleName} ${constructPath}`),
    );
  });
  // What the application itself creates is not ours.
  return findings.filter((finding) => finding.includes(' Stack/Onboarding/'));
}

function errorOf(act: () => unknown): unknown {
  try {
    act();
    return undefined;
  } catch (error) {
    return error;
  }
}

test.each(PROPS_OF_VARIANTS)('the AwsSolutions rules have no objection when %s', (variant) => {
  expect(objectionsTo(variant)).toEqual([]);
});
