import type { CreatedResources } from './created-resources';
import { CustomResourceError, type CustomResourceProperties, type CustomResources } from './custom-resources';
import { callsElsewhere, withInstalledSdk } from './sdk-calls';
import type { StackResource } from './stack-resource';

/**
 * Asks the function of a custom resource to create it. From then on, the stack knows its id and its data.
 *
 * @returns false if the local cloud cannot run its function, or does not play the service that it calls. Others may then refer to its name, but not to its data.
 * @throws CustomResourceError
 */
export async function createCustomResource(
  resource: StackResource,
  customResources: CustomResources,
  created: CreatedResources,
): Promise<boolean> {
  const { stack, logicalId, type, deletionPolicy } = resource;
  const properties = withInstalledSdk(resource.properties() as unknown as CustomResourceProperties);
  if (callsElsewhere(properties) || !customResources.canRequest(properties)) {
    stack.values.identify(logicalId, { ref: `${stack.name}-${logicalId}`, attributes: {} });
    return false;
  }
  const request = { stackId: stack.id, stackName: stack.name, logicalId, type, properties };
  const remember = (physicalId: string) => {
    const remove = () => customResources.request({ requestType: 'Delete', ...request, physicalId });
    created.add({ path: resource.path, deletionPolicy, delete: remove });
  };
  try {
    const { physicalId, data } = await customResources.request({ requestType: 'Create', ...request });
    stack.values.identify(logicalId, { ref: physicalId, attributes: data });
    remember(physicalId);
    return true;
  } catch (error) {
    // CloudFormation also deletes a failed resource: parts of it may exist.
    if (error instanceof CustomResourceError) remember(error.physicalId);
    throw error;
  }
}
