import { eventBusArn } from '../aws/event-bus';
import { named } from '../aws/identity';
import type { Resource, ResourceTypes } from '../aws/resource-type';
import type { Events } from './events';
import { EVENT_BUS } from './properties';

interface EventsServices {
  readonly events: Events;
}

/** The types of EventBridge. A rule does nothing: `GET /_local/events` shows every event. */
export const EVENTS_RESOURCES: ResourceTypes<EventsServices> = {
  'AWS::Events::EventBus': {
    nameProperty: 'Name',
    maxNameLength: 256,
    properties: EVENT_BUS,
    identify: ({ name, environment }) => {
      return { ref: name, attributes: { Arn: eventBusArn(name, environment), Name: name } };
    },
    create: ({ events }, { ref, environment }: Resource) => events.createEventBus(ref, environment),
    delete: ({ events }, { ref }) => events.deleteEventBus(ref),
  },
  'AWS::Events::EventBusPolicy': {},
  'AWS::Events::Rule': {
    nameProperty: 'Name',
    maxNameLength: 64,
    identify: named('events', 'rule/'),
    isInert: () => true,
  },
};
