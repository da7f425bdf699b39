import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DefinitionBody } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { PACKAGE_ROOT } from '../settings/package-root';
import { partitionOf } from '../settings/partition';

/**
 * The definition in `state-machines/<name>.asl.json`. It is in the template itself and not an asset, so that
 * linters, snapshots and the local cloud see what is deployed.
 */
export function stateMachineDefinition(name: string): string {
  return readFileSync(join(PACKAGE_ROOT, 'state-machines', `${name}.asl.json`), 'utf8');
}

/**
 * A definition as it is deployed: with the partition of the stack in the ARNs of the service integrations.
 *
 * It is put in at synthesis, because linters do not accept a pseudo parameter there.
 */
export function definitionBody(scope: Construct, definition: string): DefinitionBody {
  return DefinitionBody.fromString(
    definition.replaceAll('arn:aws:states:', `arn:${partitionOf(scope)}:states:`),
  );
}
