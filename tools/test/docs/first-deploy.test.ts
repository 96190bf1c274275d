import { QUESTIONS } from '../../operate/health/questions/all';
import { FIRST_DEPLOY_ROWS } from '../../operate/rehearse/report/first-deploy-rows';
import { FIRST_DEPLOY_PAGES, withFirstDeployTables } from '../../repository/first-deploy-tables';
import { page } from './documents';

const rows = Object.entries(FIRST_DEPLOY_ROWS).map(([id, row]) => ({ id, ...row }));

/** Without what Prettier does to tables. */
const withoutAlignment = (markdown: string) => markdown.replace(/ +/g, ' ').replace(/-{3,}/g, '---');

test.each(['en', 'ja'] as const)(
  'the page of the first deploy (%s) has the tables of its rows: renew it with "npm run renew"',
  (language) => {
    const { text } = page(FIRST_DEPLOY_PAGES[language]);
    const renewedText = withFirstDeployTables(language, text);
    expect(withoutAlignment(text)).toBe(withoutAlignment(renewedText));
  },
);

test('a page that lacks the lines around a table is refused, and not written without the table', () => {
  const { text } = page(FIRST_DEPLOY_PAGES.en);
  const textWithoutStep2 = text.replace('<!-- end of step 2 -->', '');
  expect(() => withFirstDeployTables('en', textWithoutStep2)).toThrow(
    'docs/first-deploy.md lacks the lines "<!-- rows of step 2: ',
  );
});

test('the page of the first deploy has a row for all that only AWS can prove', () => {
  const [, chapter = ''] = page('docs/proofs.md').text.split('\n## What only AWS can prove\n');
  const proofs = [...chapter.matchAll(/^\| ([A-Z][^|]+?) +\|/gm)].map(([, words = '']) => words);
  const claims = rows.map(({ confirms }) => confirms.en);
  expect(proofs.length).toBeGreaterThan(10);
  expect(proofs.filter((words) => !claims.includes(words))).toEqual([]);
});

test('a reader sees in each row which command asks it: rows that name first-contact are those that its questions confirm', () => {
  const namesFirstContact = rows.filter(({ seenIn }) => seenIn.en.replace(/`[^`]+`/g, '').includes('first-contact'));
  const confirmedByQuestions = QUESTIONS.flatMap(({ confirms = [] }) => confirms);
  expect(confirmedByQuestions.sort()).toEqual(namesFirstContact.map(({ id }) => id).sort());
});

test('a question states what the page states of the row that it confirms', () => {
  const statements = QUESTIONS.flatMap(({ statement, confirms = [] }) => confirms.map((id) => ({ id, statement })));
  const claims = statements.map(({ id }) => ({ id, statement: FIRST_DEPLOY_ROWS[id].confirms.en }));
  expect(statements).toEqual(claims);
});
