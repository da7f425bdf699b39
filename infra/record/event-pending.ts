/** The attribute that marks a record whose event is still to be published. */
export const EVENT_PENDING = 'eventPending';
