import type { Environment } from '../aws/environment';
import { resourcesOf } from '../aws/template-resources';
import type { Stack } from './stack';

interface StringParameter {
  readonly Name: unknown;
  readonly Value: unknown;
}

/** What CDK writes for `crossRegionReferences`: parameters in the region of the stack that reads them. */
interface ExportWriter {
  readonly WriterProps: { readonly region: unknown; readonly exports: Record<string, unknown> };
}

/**
 * The value that the stacks of an app put into the parameter store of an account and a region.
 *
 * @returns undefined if none of them does.
 */
export function storedValue(stacks: readonly Stack[], name: string, environment: Environment): unknown {
  const { account, region } = environment;
  const ofAccount = stacks.filter(({ artifact }) => artifact.environment.account === account);
  const inRegion = ofAccount.filter(({ artifact }) => artifact.environment.region === region);
  return (
    firstOf(inRegion, (stack) => parameterIn(stack, name)) ??
    firstOf(ofAccount, (stack) => exportIn(stack, name, region))
  );
}

function firstOf(stacks: readonly Stack[], find: (stack: Stack) => unknown): unknown {
  for (const stack of stacks) {
    const value = find(stack);
    if (value !== undefined) return value;
  }
  return undefined;
}

function parameterIn(stack: Stack, name: string): unknown {
  const parameters = resourcesOf(stack, 'AWS::SSM::Parameter').map(
    ({ raw }) => raw as unknown as StringParameter,
  );
  const found = parameters.find(({ Name }) => stack.values.resolve(Name) === name);
  return found && stack.values.resolve(found.Value);
}

function exportIn(stack: Stack, name: string, region: string): unknown {
  const writers = resourcesOf(stack, 'Custom::CrossRegionExportWriter').map(
    ({ raw }) => raw as unknown as ExportWriter,
  );
  const found = writers.find(({ WriterProps }) => {
    return stack.values.resolve(WriterProps.region) === region && Object.hasOwn(WriterProps.exports, name);
  });
  return found && stack.values.resolve(found.WriterProps.exports[name]);
}
