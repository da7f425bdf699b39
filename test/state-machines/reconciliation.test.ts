import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const file = join(__dirname, '..', '..', 'state-machines', 'reconciliation.asl.json');
const { StartAt, States } = JSON.parse(readFileSync(file, 'utf8'));

// https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
const MAX_EVENTS = 25_000;

// ReconcileUsers is entered, scheduled, started, succeeded and exited; IsLastPage is entered and exited.
const EVENTS_OF_A_PAGE = 7;

// A retry is scheduled, started and failed.
const EVENTS_OF_A_RETRY = 3;

// The execution starts and ends; ContinueReconciliation is entered, scheduled, started, succeeded and exited.
const OTHER_EVENTS = 7;

// IsBeginning, IsTriggerDetached and HasTriggerFailed, and a Pass state after each failure.
const EVENTS_OF_CHOICES = 2 * 5;

function eventsOf({ Retry }: { Retry: { MaxAttempts: number }[] }): number {
  return 5 + (Retry.at(-1)?.MaxAttempts ?? 0) * EVENTS_OF_A_RETRY;
}

function pagesOfAnExecution(): number {
  const [, { NumericGreaterThanEquals }] = States.IsLastPage.Choices;
  return NumericGreaterThanEquals;
}

test('goes from page to page, and ends after the one without a pagination token', () => {
  expect(States.ReconcileUsers.Next).toBe('IsLastPage');
  expect(States.IsLastPage).toMatchObject({
    Choices: [
      { Not: { Variable: '$.paginationToken', IsPresent: true }, Next: 'HasTriggerFailed' },
      { Variable: '$.pages', Next: 'ContinueReconciliation' },
    ],
    Default: 'ReconcileUsers',
  });
});

test('checks the trigger once, at the beginning, and reconciles the users whatever comes of it', () => {
  expect(States[StartAt]).toMatchObject({
    Choices: [{ Variable: '$.paginationToken', IsPresent: true, Next: 'ReconcileUsers' }],
    Default: 'CheckTrigger',
  });
  for (const [task, failed] of [
    ['CheckTrigger', 'TriggerNotChecked'],
    ['AttachTrigger', 'TriggerNotAttached'],
  ]) {
    expect(States[task as string].Catch).toMatchObject([{ ErrorEquals: ['States.ALL'], Next: failed }]);
    expect(States[failed as string].Next).toBe('ReconcileUsers');
  }
});

test('sets the trigger again only where there is none, and never in a dry run', () => {
  const { Choices, Default } = States.IsTriggerDetached;

  expect(Choices).toMatchObject([
    { And: [{ Variable: '$.dryRun' }, { BooleanEquals: true }], Next: 'ReconcileUsers' },
    { Variable: '$.trigger.status', StringEquals: 'Detached', Next: 'AttachTrigger' },
  ]);
  expect(Default).toBe('ReconcileUsers');
});

test('continues in a new execution before the history is full, even with all retries for every page', () => {
  const retries = States.ReconcileUsers.Retry.at(-1).MaxAttempts * EVENTS_OF_A_RETRY;
  const events = pagesOfAnExecution() * (EVENTS_OF_A_PAGE + retries);
  const check = eventsOf(States.CheckTrigger) + eventsOf(States.AttachTrigger) + EVENTS_OF_CHOICES;
  const lastCall = States.ContinueReconciliation.Retry[0].MaxAttempts * EVENTS_OF_A_RETRY;

  expect(check + events + lastCall + OTHER_EVENTS).toBeLessThan(MAX_EVENTS);
});

test('continues itself from the next page, with the counts so far and a new count of pages', () => {
  expect(States.ContinueReconciliation.Parameters).toMatchObject({
    'StateMachineArn.$': '$$.StateMachine.Id',
    Input: {
      pages: 0,
      ...Object.fromEntries(
        [
          'dryRun',
          'all',
          'scheduled',
          'paginationToken',
          'scanned',
          'skipped',
          'eligible',
          'missing',
          'outsideGroup',
          'groupAdds',
          'queued',
          'notQueued',
        ].map((name) => [`${name}.$`, `$.${name}`]),
      ),
    },
  });
});

test('retries every error except permanent ones', () => {
  const [permanent, others] = States.ReconcileUsers.Retry;

  expect(permanent).toEqual({
    ErrorEquals: [
      'InvalidInputError',
      'InvalidParameterException',
      'AccessDeniedException',
      'ResourceNotFoundException',
    ],
    MaxAttempts: 0,
  });
  expect(others).toMatchObject({ ErrorEquals: ['States.ALL'], MaxAttempts: 8, JitterStrategy: 'FULL' });
});
