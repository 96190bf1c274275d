import { QUESTIONS } from '../../operate/health/questions/all';
import { page } from './documents';

/** Rows of the page of a language: the cells of each table row whose first one is an id. */
function rowsOf(file: string) {
  const lines = page(file).text.split('\n');
  const rows = lines.filter((line) => /^\| `[a-z\d-]+` +\|/.test(line));
  return rows.map((line) => {
    const [, id = '', claim = '', seenIn = '', , stages = ''] = line.split(/(?<!\\)\|/).map((cell) => cell.trim());
    return { id: id.replaceAll('`', ''), claim, seenIn, stages };
  });
}

const rows = rowsOf('docs/first-deploy.md');

test('the Japanese page of the first deploy has the same rows, and says of each which stages of a rehearsal observe it', () => {
  const idsAndStages = (file: string) => rowsOf(file).map(({ id, stages }) => ({ id, stages }));
  expect(rows.length).toBeGreaterThan(50);
  expect(idsAndStages('docs/first-deploy.ja.md')).toEqual(idsAndStages('docs/first-deploy.md'));
});

test('the page of the first deploy has a row for all that only AWS can prove', () => {
  const [, chapter = ''] = page('docs/proofs.md').text.split('\n## What only AWS can prove\n');
  const proofs = [...chapter.matchAll(/^\| ([A-Z][^|]+?) +\|/gm)].map(([, words = '']) => words);
  const claims = rows.map(({ claim }) => claim);
  expect(proofs.length).toBeGreaterThan(10);
  expect(proofs.filter((words) => !claims.includes(words))).toEqual([]);
});

test('a reader sees in each row which command asks it: rows that name first-contact are those that its questions confirm', () => {
  const namesFirstContact = rows.filter(({ seenIn }) => seenIn.replace(/`[^`]+`/g, '').includes('first-contact'));
  const confirmedByQuestions = QUESTIONS.flatMap(({ confirms = [] }) => confirms);
  expect(confirmedByQuestions.sort()).toEqual(namesFirstContact.map(({ id }) => id).sort());
});

test('a question states what the page states of the row that it confirms', () => {
  const statements = QUESTIONS.flatMap(({ statement, confirms = [] }) => confirms.map((id) => ({ id, statement })));
  const claims = statements.map(({ id }) => ({ id, statement: rows.find((row) => row.id === id)?.claim }));
  expect(statements).toEqual(claims);
});
