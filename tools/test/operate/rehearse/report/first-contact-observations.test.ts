import { firstContactObservations } from '../../../../operate/rehearse/report/first-contact-observations';

/** Answers as `first-contact --json` prints them: of each result, and one on ProofLink's own images. */
const JSON_REPORT = JSON.stringify({
  environment: 'rehearsal',
  exitCode: 2,
  cause: null,
  answers: [
    { id: 'arrive', words: 'Users arrive', rows: ['users-arrive'], result: 'well', says: 'It answers 200.' },
    { id: 'quotas', words: 'The quotas suffice', rows: ['quotas'], result: 'wrong', says: 'The quota is 2 vCPUs.' },
    { id: 'log-lines', words: 'Its log lines arrive', rows: ['log-lines'], result: 'look', says: 'None yet.' },
    { id: 'clear-text', words: 'No clear text', rows: ['clear-text-refused'], result: 'unknown', says: 'AccessDenied' },
    { id: 'shell', words: 'A shell opens in a task', rows: ['shell-opens'], result: 'asleep', says: 'It sleeps.' },
    { id: 'queue', words: 'The queue takes jobs', result: 'well', says: '' },
    { id: 'connections', words: 'Reached', rows: ['database-reached'], result: 'well', says: '3 connections' },
  ],
});

test('answers that are well or wrong are observations of their rows; no other answer is a verdict of AWS', () => {
  expect(firstContactObservations(JSON_REPORT, { hasOwnImages: true })).toEqual([
    { row: 'users-arrive', outcome: 'seen', words: ['It answers 200.'] },
    { row: 'quotas', outcome: 'refuted', words: ['The quota is 2 vCPUs.'] },
    { row: 'database-reached', outcome: 'seen', words: ['3 connections'] },
  ]);
});

test("the sample application confirms no row on ProofLink's own images", () => {
  const rows = firstContactObservations(JSON_REPORT, { hasOwnImages: false }).map(({ row }) => row);
  expect(rows).toEqual(['users-arrive', 'quotas']);
});

test('a report without answers, of a stack that could not be asked, observes nothing', () => {
  const failure = JSON.stringify({ environment: 'rehearsal', exitCode: 2, error: 'no such stack' });
  expect(firstContactObservations(failure, { hasOwnImages: true })).toEqual([]);
});
