/** The attribute that marks a record whose event is still to be published. */
export const EVENT_PENDING = 'eventPending';

/** The environment from which a function knows the mark, if an event follows the record. */
export function eventPendingEnvironment(publishesEvent: boolean): { EVENT_PENDING_ATTRIBUTE?: string } {
  return publishesEvent ? { EVENT_PENDING_ATTRIBUTE: EVENT_PENDING } : {};
}
