import { arn } from '../aws/environment';
import { named } from '../aws/identity';
import type { Naming, Resource, ResourceTypes } from '../aws/resource-type';
import { type CodeProperties, foreignReason } from './code/function-code';
import type { EventSourceMappingProperties } from './event-source-mapping';
import { createEventSourceMapping, isOfQueue } from './event-source-mapping-creation';
import { functionNameOf } from './function-name';
import type { Lambda } from './lambda';
import type { LambdaServices } from './lambda-services';
import type { FunctionProperties } from './local-function';

interface LayerProperties {
  readonly Content: CodeProperties;
}

type LambdaFunction = Resource<FunctionProperties & { readonly Code: CodeProperties }>;

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
    update: ({ lambda }, { properties }: Resource<AliasProperties>, hasNewProperties) => {
      if (hasNewProperties)
        lambda.createAlias(properties.FunctionName, properties.Name, properties.FunctionVersion);
      return hasNewProperties;
    },
  },
  'AWS::Lambda::EventSourceMapping': {
    identify: ({ name }) => ({ ref: name, attributes: { Id: name } }),
    isInert: (properties: EventSourceMappingProperties) => !isOfQueue(properties),
    create: createEventSourceMapping,
    update: async (services, resource: Resource<EventSourceMappingProperties>, hasNewProperties) => {
      if (!hasNewProperties) return false;
      deleteEventSourceMapping(services, resource);
      await createEventSourceMapping(services, resource);
      return true;
    },
    delete: deleteEventSourceMapping,
  },
  'AWS::Lambda::Function': {
    nameProperty: 'FunctionName',
    maxNameLength: 64,
    identify: named('lambda', 'function:'),
    create: createFunction,
    update: updateFunction,
    delete: ({ lambda }, { ref }) => lambda.deleteFunction(ref),
  },
  'AWS::Lambda::LayerVersion': {
    nameProperty: 'LayerName',
    maxNameLength: 140,
    identify: ({ name, environment }) => {
      const layerArn = arn('lambda', `layer:${name}:1`, environment);
      return { ref: layerArn, attributes: { LayerVersionArn: layerArn } };
    },
    create: createLayer,
    // The functions that use it find out whether its files have changed.
    update: (services, resource: Resource<LayerProperties>, hasNewProperties) => {
      createLayer(services, resource);
      return hasNewProperties;
    },
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

function createFunction(services: LambdaServices, resource: LambdaFunction): void {
  const { ref: name, properties, environment } = resource;
  const reason = foreignReason(properties.Runtime, properties.Code);
  if (reason !== undefined) services.lambda.createForeignFunction(name, reason, environment);
  else services.lambda.createFunction(...definitionOf(services, resource));
}

function updateFunction(services: LambdaServices, resource: LambdaFunction): boolean {
  const { properties } = resource;
  if (foreignReason(properties.Runtime, properties.Code) !== undefined) return false;
  return services.lambda.updateFunction(...definitionOf(services, resource));
}

function definitionOf(
  { iam, lambda }: LambdaServices,
  { ref: name, properties, assetPath, environment }: LambdaFunction,
): Parameters<Lambda['createFunction']> {
  const context = { 'aws:requestedregion': environment.region };
  const role = iam.assume(properties.Role, 'lambda.amazonaws.com', name, context);
  const directory = lambda.code.directoryOf(properties.Code, assetPath);
  return [name, directory, properties, role, environment];
}

function createLayer(
  { lambda }: LambdaServices,
  { ref, properties, assetPath }: Resource<LayerProperties>,
): void {
  lambda.layers.add(ref, lambda.code.directoryOf(properties.Content, assetPath));
}

function deleteEventSourceMapping(
  { eventSourceMappings }: LambdaServices,
  { ref }: { readonly ref: string },
): void {
  eventSourceMappings.get(ref)?.stop();
  eventSourceMappings.delete(ref);
}

function functionArnIn({ property, environment }: Naming): string {
  return arn('lambda', `function:${functionNameOf(String(property('FunctionName')))}`, environment);
}
