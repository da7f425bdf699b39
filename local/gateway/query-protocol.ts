import { AwsError, type AwsResponse } from '../aws/api';

/** Who calls, as GetCallerIdentity of STS answers it. */
export interface CallerIdentity {
  readonly Arn: string;
  readonly UserId: string;
  readonly Account: string;
}

/** A request of the query protocol: a form, whose answer is XML. */
interface QueryRequest {
  /** The service that its signature names. */
  readonly service?: string;
  readonly action: string;
  readonly callerIdentity: () => CallerIdentity;
  /** The services that the local cloud plays, for the message of an error. */
  readonly played: readonly string[];
}

const NAMESPACE = 'https://sts.amazonaws.com/doc/2011-06-15/';

/**
 * Answers the one request of the query protocol that people make first, `aws sts get-caller-identity`. All others
 * get an error that names their service.
 */
export function answerQuery({ service, action, callerIdentity, played }: QueryRequest): AwsResponse {
  try {
    if (service !== 'sts' || action !== 'GetCallerIdentity') throw refusal(service, action, played);
    const members = Object.entries(callerIdentity()).map(([name, value]) => element(name, escaped(value)));
    const result = element('GetCallerIdentityResult', members.join(''));
    return xml(200, `<GetCallerIdentityResponse xmlns="${NAMESPACE}">${result}</GetCallerIdentityResponse>`);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return errorXml(asQueryError(error));
  }
}

/** The error for a service that the local cloud does not play. */
export function notPlayed(what: string, played: readonly string[]): AwsError {
  return new AwsError(
    'InvalidAction',
    `the local cloud does not play ${what}: it plays ${played.join(', ')}`,
  );
}

/** Older AWS CLIs speak the query protocol to SQS. */
function refusal(service: string | undefined, action: string, played: readonly string[]): AwsError {
  if (service === 'sqs')
    return new AwsError(
      'UnsupportedProtocol',
      'the local cloud speaks the JSON protocol of SQS: use AWS CLI 2.13 or later',
    );
  return notPlayed(`${service ?? 'an unsigned form'} (${action.slice(0, 100)})`, played);
}

/** An error in the form of S3. */
export function s3Error(error: AwsError): AwsResponse {
  return xml(error.status, element('Error', codeAndMessage(error)));
}

/** Here, STS names this error as it did before there were models of services. */
function asQueryError(error: AwsError): AwsError {
  return error.code === 'ExpiredTokenException'
    ? new AwsError('ExpiredToken', error.message, error.status)
    : error;
}

/** An error in the form of the query protocol. */
function errorXml(error: AwsError): AwsResponse {
  const content = element('Type', 'Sender') + codeAndMessage(error);
  return xml(error.status, element('ErrorResponse', element('Error', content)));
}

function codeAndMessage({ code, message }: AwsError): string {
  return element('Code', escaped(code)) + element('Message', escaped(message));
}

function xml(status: number, body: string): AwsResponse {
  return { status, headers: { 'content-type': 'text/xml' }, body };
}

function element(name: string, content: string): string {
  return `<${name}>${content}</${name}>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
