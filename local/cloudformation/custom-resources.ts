import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import * as v from 'valibot';
import type { InvokeFunction } from '../aws/invocation';
import { parse } from '../aws/parse-body';

const AnswerSchema = v.object({
  Status: v.picklist(['SUCCESS', 'FAILED']),
  Reason: v.optional(v.string()),
  PhysicalResourceId: v.pipe(v.string(), v.minLength(1), v.maxLength(1024)),
  Data: v.optional(v.record(v.string(), v.unknown())),
});

type Answer = v.InferOutput<typeof AnswerSchema>;

/** A custom resource as the template describes it. */
export interface CustomResourceProperties {
  readonly ServiceToken: string;
  /** In s. */
  readonly ServiceTimeout?: number | string;
  readonly [property: string]: unknown;
}

/** A request to a custom resource, and the resource in the template that it is for. */
export interface CustomResourceRequest {
  readonly requestType: 'Create' | 'Delete';
  readonly stackId: string;
  readonly stackName: string;
  readonly logicalId: string;
  readonly type: string;
  readonly properties: CustomResourceProperties;
  /** The id that it answered when it was created. */
  readonly physicalId?: string;
}

/** A custom resource after a request. */
interface Answered {
  readonly physicalId: string;
  /** The values of its attributes. */
  readonly data: Record<string, unknown>;
}

/** A custom resource whose request failed. */
export class CustomResourceError extends Error {
  /** @param physicalId the id with which CloudFormation then requests the deletion. */
  constructor(
    message: string,
    readonly physicalId: string,
  ) {
    super(message);
  }
}

/** CloudFormation's default, in s. */
const DEFAULT_TIMEOUT = 3_600;

/** Sends requests to the functions of custom resources, as CloudFormation does, and takes their answers. */
export class CustomResources {
  private readonly waiting = new Map<string, (answer: Answer) => void>();

  /**
   * @param endpoint the gateway's endpoint.
   * @param canRun whether the local cloud can run a function, by its ARN.
   */
  constructor(
    private readonly endpoint: string,
    private readonly invokeFunction: InvokeFunction,
    private readonly canRun: (functionArn: string) => boolean,
  ) {}

  /** Whether the local cloud can run the function of a custom resource. */
  canRequest({ ServiceToken }: CustomResourceProperties): boolean {
    return this.canRun(ServiceToken);
  }

  /**
   * Sends a request to a custom resource and waits for the answer.
   *
   * @throws CustomResourceError with the reason.
   */
  async request(request: CustomResourceRequest): Promise<Answered> {
    const { requestType, stackName, logicalId, properties } = request;
    const requestId = randomUUID();
    const timeout = Number(properties.ServiceTimeout ?? DEFAULT_TIMEOUT);
    const abort = new AbortController();
    const answered = new Promise<Answer>((resolve) => this.waiting.set(requestId, resolve));
    try {
      const {
        Status,
        Reason,
        PhysicalResourceId,
        Data = {},
      } = await Promise.race([
        answered,
        this.failureOf(properties.ServiceToken, this.eventOf(request, requestId)),
        delay(timeout * 1000, undefined, { signal: abort.signal }).then(() => {
          throw new Error(`no answer within ${timeout} s`);
        }),
      ]);
      if (Status === 'SUCCESS') return { physicalId: PhysicalResourceId, data: Data };
      throw new CustomResourceError(
        `${logicalId}: ${requestType} failed: ${firstLine(Reason)}`,
        PhysicalResourceId,
      );
    } catch (error) {
      if (error instanceof CustomResourceError) throw error;
      const physicalId = request.physicalId ?? `${stackName}-${logicalId}`;
      throw new CustomResourceError(`${logicalId}: ${requestType} failed: ${error}`, physicalId);
    } finally {
      abort.abort();
      this.waiting.delete(requestId);
    }
  }

  /**
   * Takes the answer to a request.
   *
   * @returns whether a request waits for it.
   * @throws AwsError ValidationException for anything but an answer.
   */
  answer(requestId: string, body: unknown): boolean {
    const answer = parse(AnswerSchema, body, "a custom resource's answer");
    const resolve = this.waiting.get(requestId);
    resolve?.(answer);
    return resolve !== undefined;
  }

  /** Rejects if the function fails: it cannot answer then. Otherwise it, or another, may answer later. */
  private async failureOf(functionArn: string, event: unknown): Promise<never> {
    const { payload, failed } = await this.invokeFunction(functionArn, JSON.stringify(event));
    if (failed) throw new Error(`the function failed before it answered: ${errorIn(payload)}`);
    return new Promise(() => {});
  }

  private eventOf(request: CustomResourceRequest, requestId: string) {
    const { requestType, stackId, logicalId, type, properties, physicalId } = request;
    return {
      RequestType: requestType,
      ServiceToken: properties.ServiceToken,
      ResponseURL: `${this.endpoint}/_local/custom-resources/${requestId}`,
      StackId: stackId,
      RequestId: requestId,
      LogicalResourceId: logicalId,
      ...(physicalId !== undefined && { PhysicalResourceId: physicalId }),
      ResourceType: type,
      ResourceProperties: asStrings(properties),
    };
  }
}

/** A function's error in the form of Lambda, without its trace. */
function errorIn(payload: string): string {
  const { errorType, errorMessage } = JSON.parse(payload) as { errorType?: string; errorMessage?: string };
  return [errorType, firstLine(errorMessage)].filter(Boolean).join(': ');
}

function firstLine(text = 'no reason given'): string {
  return text.split('\n')[0] ?? '';
}

/** CloudFormation passes numbers and booleans as strings. */
function asStrings(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asStrings);
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, asStrings(member)]));
}
