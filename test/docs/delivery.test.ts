import { workflow, workflows } from '../workflows/workflow';
import { page } from './documents';

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

test.each(PAGES)('%s makes the GitHub environments, for main alone, before the roles that trust them', (file) => {
  const { text: said } = page(file);
  expect(said.indexOf('npx cdk deploy ProoflinkDelivery')).toBeGreaterThan(said.indexOf('environments/$e'));
  expect(said.match(/deployment-branch-policies" -f name=main -f type=branch/g)).toHaveLength(3);
});

test.each(PAGES)(
  'what %s sends to GitHub switches nothing off that protects main, and lets main alone deploy',
  (file) => {
    const text = page(file).text.replaceAll(/'"\$\(.*?\)"'/g, '1');
    const bodies = [...text.matchAll(/<<< \\?\s*'(\{[^']*\})'/g)].map(([, body = '']) => JSON.parse(body) as object);
    expect(bodies).toHaveLength(7);
    const settings = JSON.stringify(bodies);
    const off = [...settings.matchAll(/"(\w+)":false/g)].map(([, name]) => name);
    expect([...new Set(off)]).toEqual(['protected_branches', 'required_review_thread_resolution']);
    expect(all(settings, /"enforcement":"(\w+)"/g)).toEqual(['active']);
    expect(all(settings, /"type":"([a-z_]+)"/g)).toEqual([
      'creation',
      'deletion',
      'non_fast_forward',
      'pull_request',
      'required_status_checks',
      'update',
    ]);
    expect(all(settings, /"(refs\/[^"]+)"/g)).toEqual(['refs/heads/main', 'refs/tags/main']);
    expect(all(text, /"\$S"':(environment:\w+|[^"]*)"/g)).toEqual(['environment:rehearsal']);
  },
);

test.each(PAGES)('the rehearsal’s role of %s is trusted to one workflow file of main, and no wildcard', (file) => {
  const [, policy = ''] =
    /--assume-role-policy-document '(.*?)'\naws iam attach-role-policy/s.exec(page(file).text) ?? [];
  const values: Readonly<Record<string, string>> = { $P: 'P', $S: 'repo:a@1/b@2', $R: 'a/b', '${S#repo:}': 'a@1/b@2' };
  const written = policy.replaceAll(/'"(\$[^"]+)"'/g, (_, variable: string) => values[variable] ?? '?');
  const { Statement } = JSON.parse(written) as { Statement: readonly { Condition: object }[] };
  const claim = (name: string) => `token.actions.githubusercontent.com:${name}`;
  expect(Statement).toHaveLength(1);
  expect(Statement[0]?.Condition).toEqual({
    StringEquals: {
      [claim('aud')]: 'sts.amazonaws.com',
      [claim('sub')]: 'repo:a@1/b@2:environment:rehearsal',
      [claim('ref')]: 'refs/heads/main',
      [claim('job_workflow_ref')]: [
        'a/b/.github/workflows/rehearsal.yml@refs/heads/main',
        'a@1/b@2/.github/workflows/rehearsal.yml@refs/heads/main',
      ],
    },
  });
});
