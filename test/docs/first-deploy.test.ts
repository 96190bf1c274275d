import { page } from './documents';

test('the page of the first deploy has a row for all that only AWS can prove', () => {
  const [, chapter = ''] = page('docs/proofs.md').text.split('\n## What only AWS can prove\n');
  const proofs = [...chapter.matchAll(/^\| ([A-Z][^|]+?) +\|/gm)].map(([, words = '']) => words);
  const rows = [...page('docs/first-deploy.md').text.matchAll(/^\| (.+?) +\|/gm)].map(([, words = '']) => words);
  expect(proofs.length).toBeGreaterThan(10);
  expect(proofs.filter((words) => !rows.includes(words))).toEqual([]);
});
