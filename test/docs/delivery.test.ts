import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { delivery } from '../../lib/config/delivery';
import { isJudge } from '../../tools/review/comment/body';
import { workflow, workflows } from '../workflows/workflow';
import { page, ROOT } from './documents';

const all = (text: string, pattern: RegExp): string[] =>
  [...new Set([...text.matchAll(pattern)].map(([, name = '']) => name))].sort();
const text = workflows()
  .map((one) => one.text)
  .join('\n');

/** Variables and inputs that pages name and that do not exist, and those that pages leave out. */
function differences(delivery: string): string[] {
  const inputs = Object.keys(workflow('deploy.yml').on['workflow_dispatch']?.inputs ?? {}).sort();
  const pairs: [string, readonly string[], readonly string[]][] = [
    ['variable', all(delivery, /gh variable set (\w+)/g), all(text, /vars\.(\w+)/g)],
    ['input', all(delivery, /(?:-f |`)(environment|migration|[a-z-]+-tag)\b/g), inputs],
    [
      'workflow',
      all(delivery, /gh workflow run ([\w.-]+)/g),
      ['ci.yml', 'deploy.yml', 'drift.yml', 'rehearsal.yml', 'release.yml'],
    ],
    ['label', all(delivery, /gh label create ([\w-]+)/g), all(text, /\/labels\/([\w-]+)/g)],
    ['check', all(delivery, /"context":"([\w-]+)"/g), ['ci', 'oldest-node', 'review']],
  ];
  return pairs.flatMap(([kind, said, there]) => [
    ...said.filter((name) => !there.includes(name)).map((name) => `there is no ${kind} ${name}`),
    ...there.filter((name) => !said.includes(name)).map((name) => `no word of the ${kind} ${name}`),
  ]);
}

const PAGES = ['docs/delivery.md', 'docs/delivery.ja.md'];

test.each(PAGES)('%s names the variables, inputs and checks that there are', (delivery) => {
  expect(differences(page(delivery).text)).toEqual([]);
});

test('the required checks are jobs of the workflows', () => {
  expect(Object.keys(workflow('ci.yml').jobs)).toEqual(['ci', 'oldest-node']);
  expect(Object.keys(workflow('diff.yml').jobs)).toContain('review');
});

test('what decides on deployments has owners: everything that the comment says first', () => {
  const owned = all(readFileSync(join(ROOT, '.github/CODEOWNERS'), 'utf8'), /^\/(\S+) +@\S+$/gm);
  const isOwned = (file: string) => owned.some((path) => (path.endsWith('/') ? file.startsWith(path) : file === path));
  const filesIn = (folder: string) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`);
  const files = [...readdirSync(ROOT), ...['.ci', '.github', 'bin', 'lib', 'packages', 'tools'].flatMap(filesIn)];
  const judges = files.filter(isJudge);
  expect(judges).toEqual(
    expect.arrayContaining(['packages/common/src/words.ts', 'tools/register.js', 'tsconfig.json']),
  );
  expect(judges.filter((file) => !isOwned(file))).toEqual([]);
});

test('once a repository is named, its owners are its organization’s: of others GitHub asks no review, and says nothing', () => {
  const [organization] = delivery.repository?.toLowerCase().split(/[@/]/) ?? [];
  const teams = all(readFileSync(join(ROOT, '.github/CODEOWNERS'), 'utf8'), /^[^#].* @([\w-]+)\/[\w-]+/gm);
  expect(teams).toEqual([organization ?? expect.any(String)]);
});

test.each(['docs/delivery.md', 'docs/delivery.ja.md'])(
  '%s makes the GitHub environments before the roles that trust them, and protects the name main among tags',
  (file) => {
    const { text: said } = page(file);
    expect(said.indexOf('npx cdk deploy ProoflinkDelivery')).toBeGreaterThan(said.indexOf('environments/$e'));
    expect(said).toContain('"include":["refs/tags/main"]');
    expect(said).toContain('deployment-branch-policies" -f name=main -f type=branch');
  },
);

test.each(['docs/delivery.md', 'docs/delivery.ja.md'])('what %s sends to GitHub as JSON is JSON', (file) => {
  const bodies = [...page(file).text.matchAll(/<<< \\?\s*'(\{[^']*\})'/g)].map(([, body = '']) => body);
  expect(bodies).toHaveLength(5);
  for (const body of bodies) expect(() => JSON.parse(body) as unknown).not.toThrow();
});
