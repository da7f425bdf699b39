import { eventBusArn } from '../aws/event-bus';
import { named } from '../aws/identity';
import type { Resource, ResourceTypes } from '../aws/resource-type';
import type { Events } from './events';

interface EventsServices {
  readonly events: Events;
}

/** The types of EventBridge. A rule does nothing: `GET /_local/events` shows every event. */
export const EVENTS_RESOURCES: ResourceTypes<EventsServices> = {
  'AWS::Events::EventBus': {
    nameProperty: 'Name',
    identify: ({ name, environment }) => {
      return { ref: name, attributes: { Arn: eventBusArn(name, environment), Name: name } };
    },
    create: ({ events }, { ref, environment }: Resource) => events.createEventBus(ref, environment),
    delete: ({ events }, { ref }) => events.deleteEventBus(ref),
  },
  'AWS::Events::EventBusPolicy': {},
  'AWS::Events::Rule': {
    nameProperty: 'Name',
    identify: named('events', 'rule/'),
    isInert: () => true,
  },
};
