import type { Input } from '../../local/aws/api';
import type { Faults } from './faults';
import type { Actions } from './network';

interface Entry {
  readonly Detail: string;
}

/** EventBridge: an event bus that refuses some events, and hands on the others at once. */
export function eventBusActions(faults: Faults, onEvent: (detail: string) => void): Actions {
  return {
    PutEvents: ({ Entries }: Input) => {
      const results = (Entries as Entry[]).map(({ Detail }) => {
        if (faults.strike('event refused')) return { ErrorCode: 'InternalFailure', ErrorMessage: 'refused' };
        onEvent(Detail);
        return { EventId: 'event' };
      });
      return { FailedEntryCount: results.filter((result) => 'ErrorCode' in result).length, Entries: results };
    },
  };
}
