import type { AwsResponse } from '../aws/api';
import type { AsynchronousInvocations } from './asynchronous/asynchronous-invocations';
import { notFound } from './functions';
import { assertInvocationType, assertJson } from './invoke-request';
import type { Lambda } from './lambda';

/** The action Invoke of Lambda. */
export class InvokeApi {
  constructor(
    private readonly lambda: Lambda,
    private readonly asynchronous: AsynchronousInvocations,
  ) {}

  /**
   * @param headers in lower case.
   * @throws AwsError as Lambda answers it.
   * @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
   */
  async invoke(nameOrArn: string, headers: Record<string, string>, body: string): Promise<AwsResponse> {
    const type = headers['x-amz-invocation-type'] ?? 'RequestResponse';
    const payload = body || '{}';
    const version = this.lambda.versionOf(nameOrArn);
    if (version === undefined) throw notFound(this.lambda.invokedArnOf(nameOrArn));
    assertInvocationType(type);
    assertJson(payload);
    if (type === 'DryRun') return { status: 204, headers: {}, body: '' };
    if (type === 'Event') {
      this.asynchronous.accept(nameOrArn, payload);
      return { status: 202, headers: {}, body: '' };
    }
    const outcome = await this.lambda.invoke(nameOrArn, payload);
    return {
      status: 200,
      headers: {
        'x-amz-executed-version': version,
        ...(outcome.failed && { 'x-amz-function-error': 'Unhandled' }),
      },
      body: outcome.payload,
    };
  }
}
