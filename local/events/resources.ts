import { arn } from '../aws/environment';
import { eventBusArn } from '../aws/event-bus';
import type { Resource, ResourceTypes } from '../aws/resource-type';
import type { Events } from './events';

interface EventsServices {
  readonly events: Events;
}

/** The types of EventBridge. A rule does nothing: `GET /_local/events` shows every event. */
export const EVENTS_RESOURCES: ResourceTypes<EventsServices> = {
  'AWS::Events::EventBus': {
    nameProperty: 'Name',
    identify: ({ name }) => ({ ref: name, attributes: { Arn: eventBusArn(name), Name: name } }),
    create: ({ events }, { ref }: Resource) => events.createEventBus(ref),
    delete: ({ events }, { ref }) => events.deleteEventBus(ref),
  },
  'AWS::Events::EventBusPolicy': {},
  'AWS::Events::Rule': {
    nameProperty: 'Name',
    identify: ({ name }) => ({ ref: name, attributes: { Arn: arn('events', `rule/${name}`) } }),
  },
};
