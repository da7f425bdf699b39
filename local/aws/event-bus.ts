import { arn, DEFAULT_ENVIRONMENT } from './environment';

/** The ARN of the event bus that a call names, by its name or its ARN; without either, of the default one. */
export function eventBusArn(nameOrArn = 'default', environment = DEFAULT_ENVIRONMENT): string {
  return nameOrArn.startsWith('arn:') ? nameOrArn : arn('events', `event-bus/${nameOrArn}`, environment);
}

/** The name of that event bus. */
export function eventBusName(nameOrArn?: string): string {
  const busArn = eventBusArn(nameOrArn);
  return busArn.slice(busArn.indexOf('/') + 1);
}
