import { countsInWords, reasonsInWords } from '../../../../local/console/reconciliation/count-words';

test('says what was found, and what was done', () => {
  const counts = {
    pages: 2,
    scanned: 61,
    eligible: 60,
    missing: 1,
    outsideGroup: 0,
    groupAdds: 1,
    queued: 1,
  };

  expect(countsInWords(counts)).toEqual([
    '2 pages read',
    '61 users seen in the user pool',
    '60 users who can be onboarded',
    '1 user without a record',
    '1 user to be added to the group',
    '1 user sent to the retry queue',
  ]);
});

test('says so, too, if nobody was missing', () => {
  expect(countsInWords({ pages: 1, missing: 0, queued: 0 })).toEqual([
    '1 page read',
    '0 users without a record',
    '0 users sent to the retry queue',
  ]);
});

test('says nothing before the first page', () => {
  expect(countsInWords({})).toEqual([]);
});

test('says why users were skipped', () => {
  expect(reasonsInWords({ Unconfirmed: 1_200, NeverSignedIn: 1 })).toEqual([
    '1,200 unconfirmed',
    '1 never signed in',
  ]);
});
