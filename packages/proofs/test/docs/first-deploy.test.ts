import { QUESTIONS } from '@infra/doctor/health/questions/all';
import { readRows } from '@infra/rehearse/page';

const rows = readRows('en');

test('both pages of the first deploy have the same rows, each with the stages of a rehearsal that observe it', () => {
  const idsAndStages = (language: 'en' | 'ja') => readRows(language).map(({ id, stages }) => ({ id, stages }));
  expect(rows.length).toBeGreaterThan(10);
  expect(idsAndStages('ja')).toEqual(idsAndStages('en'));
});

test('each row that an answer of doctor confirms is on the page', () => {
  const confirmed = QUESTIONS.flatMap(({ confirms = [] }) => confirms);
  const ids = rows.map(({ id }) => id);
  expect(confirmed.filter((id) => !ids.includes(id))).toEqual([]);
});
