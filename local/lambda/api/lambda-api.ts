import { AwsError, type AwsService, type Input, jsonResponse } from '../../aws/api';
import { idOf } from '../../aws/identity';
import type { Iam } from '../../iam/iam';
import type { EventSourceMapping, EventSourceMappingProperties } from '../event-sources/event-source-mapping';
import type { Lambda } from '../lambda';
import { resourcePolicyOf } from './resource-policy';

/** The actions of Lambda that describe functions. */
export class LambdaApi implements AwsService {
  readonly prefix = 'lambda';
  private readonly performers: Record<string, (input: Input) => unknown> = {
    GetPolicy: (input) => this.getPolicy(input),
    ListEventSourceMappings: (input) => this.listEventSourceMappings(input),
  };
  readonly actions = Object.keys(this.performers);

  constructor(
    private readonly lambda: Lambda,
    private readonly iam: Iam,
    private readonly mappings: ReadonlyMap<string, EventSourceMapping>,
  ) {}

  readonly call: AwsService['call'] = async ({ action, input }) =>
    jsonResponse(this.performers[action]?.(input));

  /** @see https://docs.aws.amazon.com/lambda/latest/api/API_GetPolicy.html */
  private getPolicy({ FunctionName }: Input) {
    const functionArn = this.lambda.arnOf(String(FunctionName));
    if (!this.lambda.has(String(FunctionName)))
      throw new AwsError('ResourceNotFoundException', `Function not found: ${functionArn}`, 404);
    const Statement = resourcePolicyOf(this.iam.stacks, functionArn);
    if (Statement.length === 0)
      throw new AwsError('ResourceNotFoundException', 'The resource you requested does not exist.', 404);
    const Policy = JSON.stringify({ Version: '2012-10-17', Id: 'default', Statement });
    return { Policy, RevisionId: idOf(Policy, 32) };
  }

  /** @see https://docs.aws.amazon.com/lambda/latest/api/API_ListEventSourceMappings.html */
  private listEventSourceMappings({ EventSourceArn, FunctionName }: Input) {
    const functionArn = FunctionName === undefined ? undefined : this.lambda.arnOf(String(FunctionName));
    const all = [...this.mappings].map(([id, { properties }]) => this.describe(id, properties));
    const EventSourceMappings = all.filter((mapping) => {
      const isOfFunction = functionArn === undefined || mapping.FunctionArn === functionArn;
      return isOfFunction && (EventSourceArn === undefined || mapping.EventSourceArn === EventSourceArn);
    });
    return { EventSourceMappings };
  }

  private describe(UUID: string, properties: EventSourceMappingProperties) {
    const { FunctionName, Enabled = true, ...others } = properties;
    return {
      ...others,
      UUID,
      FunctionArn: this.lambda.arnOf(FunctionName),
      State: Enabled ? 'Enabled' : 'Disabled',
    };
  }
}
