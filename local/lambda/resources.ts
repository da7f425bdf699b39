import { arn } from '../aws/environment';
import { named } from '../aws/identity';
import type { Naming, Resource, ResourceTypes } from '../aws/resource-type';
import { type CodeProperties, foreignReason } from './code/function-code';
import type { EventSourceMappingProperties } from './event-source-mapping';
import { createEventSourceMapping, isOfQueue } from './event-source-mapping-creation';
import { functionNameOf } from './function-name';
import type { LambdaServices } from './lambda-services';
import type { FunctionProperties } from './local-function';

interface AliasProperties {
  readonly FunctionName: string;
  readonly Name: string;
  readonly FunctionVersion: string;
}

/** A template publishes one version of a function: the code of another one would be in another template. */
const VERSION = '1';

/** The types of Lambda. */
export const LAMBDA_RESOURCES: ResourceTypes<LambdaServices> = {
  'AWS::Lambda::Alias': {
    identify: (naming) => {
      const aliasArn = `${functionArnIn(naming)}:${naming.property('Name')}`;
      return { ref: aliasArn, attributes: { AliasArn: aliasArn } };
    },
    create: ({ lambda }, { properties }: Resource<AliasProperties>) =>
      lambda.createAlias(properties.FunctionName, properties.Name, properties.FunctionVersion),
  },
  'AWS::Lambda::EventSourceMapping': {
    identify: ({ name }) => ({ ref: name, attributes: { Id: name } }),
    isInert: (properties: EventSourceMappingProperties) => !isOfQueue(properties),
    create: createEventSourceMapping,
    delete: ({ eventSourceMappings }, { ref }) => {
      eventSourceMappings.get(ref)?.stop();
      eventSourceMappings.delete(ref);
    },
  },
  'AWS::Lambda::Function': {
    nameProperty: 'FunctionName',
    identify: named('lambda', 'function:'),
    create: createFunction,
    delete: ({ lambda }, { ref }) => lambda.deleteFunction(ref),
  },
  'AWS::Lambda::LayerVersion': {
    nameProperty: 'LayerName',
    identify: ({ name, environment }) => {
      const layerArn = arn('lambda', `layer:${name}:1`, environment);
      return { ref: layerArn, attributes: { LayerVersionArn: layerArn } };
    },
    create: ({ lambda }, { ref, properties, assetPath }: Resource<{ readonly Content: CodeProperties }>) =>
      lambda.layers.add(ref, lambda.code.directoryOf(properties.Content, assetPath)),
    delete: ({ lambda }, { ref }) => lambda.layers.delete(ref),
  },
  'AWS::Lambda::LayerVersionPermission': {},
  'AWS::Lambda::Permission': {},
  'AWS::Lambda::Version': {
    identify: (naming) => {
      const functionArn = functionArnIn(naming);
      return { ref: `${functionArn}:${VERSION}`, attributes: { FunctionArn: functionArn, Version: VERSION } };
    },
    create: ({ lambda }, { properties }: Resource<{ readonly FunctionName: string }>) =>
      lambda.publishVersion(properties.FunctionName, VERSION),
  },
};

function createFunction(
  { iam, lambda }: LambdaServices,
  {
    ref: name,
    properties,
    assetPath,
    environment,
  }: Resource<FunctionProperties & { readonly Code: CodeProperties }>,
): void {
  const reason = foreignReason(properties.Runtime, properties.Code);
  if (reason !== undefined) {
    lambda.createForeignFunction(name, reason, environment);
    return;
  }
  const context = { 'aws:requestedregion': environment.region };
  const role = iam.assume(properties.Role, 'lambda.amazonaws.com', name, context);
  const directory = lambda.code.directoryOf(properties.Code, assetPath);
  lambda.createFunction(name, directory, properties, role, environment);
}

function functionArnIn({ property, environment }: Naming): string {
  return arn('lambda', `function:${functionNameOf(String(property('FunctionName')))}`, environment);
}
