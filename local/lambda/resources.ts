import { arn } from '../aws/environment';
import { named } from '../aws/identity';
import type { Naming, Resource, ResourceTypes } from '../aws/resource-type';
import type { EventInvokeConfigProperties } from './asynchronous/event-invoke-config';
import { type CodeProperties, foreignReason } from './code/function-code';
import { createEventSourceMapping, isOfQueue } from './event-source-mapping-creation';
import type { EventSourceMappingProperties } from './event-sources/event-source-mapping';
import { functionNameOf } from './function-name';
import type { Lambda } from './lambda';
import type { LambdaServices } from './lambda-services';
import type { FunctionProperties } from './local-function';
import {
  ALIAS,
  EVENT_INVOKE_CONFIG,
  EVENT_SOURCE_MAPPING,
  FUNCTION,
  LAYER_VERSION,
  PERMISSION,
  VERSION,
} from './properties';

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
const PUBLISHED = '1';

/** The types of Lambda. */
export const LAMBDA_RESOURCES: ResourceTypes<LambdaServices> = {
  'AWS::Lambda::Alias': {
    properties: ALIAS,
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
  'AWS::Lambda::EventInvokeConfig': {
    properties: EVENT_INVOKE_CONFIG,
    identify: ({ property }) => {
      return { ref: `${property('FunctionName')}|${property('Qualifier')}`, attributes: {} };
    },
    create: configureEvents,
    update: (services, resource: Resource<EventInvokeConfigProperties>, hasNewProperties) => {
      if (hasNewProperties) configureEvents(services, resource);
      return hasNewProperties;
    },
    delete: ({ lambda }, { properties }: Resource<EventInvokeConfigProperties>) =>
      lambda.configureEvents(properties.FunctionName, properties.Qualifier),
  },
  'AWS::Lambda::EventSourceMapping': {
    properties: EVENT_SOURCE_MAPPING,
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
    properties: FUNCTION,
    nameProperty: 'FunctionName',
    maxNameLength: 64,
    identify: named('lambda', 'function:'),
    create: createFunction,
    update: updateFunction,
    delete: async ({ asynchronous, lambda }, { ref }) => {
      asynchronous.forget((nameOrArn) => functionNameOf(nameOrArn) === ref);
      await lambda.deleteFunction(ref);
    },
  },
  'AWS::Lambda::LayerVersion': {
    properties: LAYER_VERSION,
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
  'AWS::Lambda::Permission': { properties: PERMISSION },
  'AWS::Lambda::Version': {
    properties: VERSION,
    identify: (naming) => {
      const functionArn = functionArnIn(naming);
      return {
        ref: `${functionArn}:${PUBLISHED}`,
        attributes: { FunctionArn: functionArn, Version: PUBLISHED },
      };
    },
    create: ({ lambda }, { properties }: Resource<{ readonly FunctionName: string }>) =>
      lambda.publishVersion(properties.FunctionName, PUBLISHED),
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

function configureEvents(
  { lambda }: LambdaServices,
  { properties }: Resource<EventInvokeConfigProperties>,
): void {
  lambda.configureEvents(properties.FunctionName, properties.Qualifier, properties);
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
