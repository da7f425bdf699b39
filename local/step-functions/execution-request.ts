import { randomUUID } from 'node:crypto';
import { AwsError, type Input, violation } from '../aws/api';
import { arn, environmentOf } from '../aws/environment';
import type { StateMachine } from './state-machine';

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html */
const EXECUTION_NAME = /^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}\p{Cs}\ufffe\uffff]{1,80}$/u;

const MAX_INPUT_BYTES = 256 * 1024;

/** The ARN of an execution. For Express, it differs at each call, as the name need not be unique. */
export function executionArnOf({ type, name, stateMachineArn }: StateMachine, executionName: string): string {
  const environment = environmentOf(stateMachineArn);
  return type === 'EXPRESS'
    ? `${arn('states', `express:${name}:${executionName}`, environment)}:${randomUUID()}`
    : arn('states', `execution:${name}:${executionName}`, environment);
}

/**
 * The name that a call gives its execution, or a random name.
 *
 * @throws AwsError InvalidName
 */
export function executionNameOf({ name = randomUUID() }: Input): string {
  if (typeof name === 'string' && EXECUTION_NAME.test(name)) return name;
  throw new AwsError('InvalidName', `Invalid Name: '${name}'`);
}

/**
 * The input that a call gives its execution.
 *
 * @throws AwsError InvalidExecutionInput, ValidationException, SerializationException
 */
export function executionInputOf({ input = '{}' }: Input): unknown {
  if (typeof input !== 'string')
    throw new AwsError('SerializationException', 'input must be JSON in a string');
  if (Buffer.byteLength(input) > MAX_INPUT_BYTES) {
    const constraint = `Member must have length less than or equal to ${MAX_INPUT_BYTES}`;
    throw violation('ValidationException', 'input', constraint);
  }
  try {
    return JSON.parse(input);
  } catch (error) {
    throw new AwsError('InvalidExecutionInput', `Invalid State Machine Execution Input: '${error}'`);
  }
}
