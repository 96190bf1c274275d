import { workflow, workflows } from '../github/workflow';
import { groupsOf, page } from './documents';

const PAGES = ['docs/delivery.md', 'docs/delivery.ja.md'];

/** The different first groups of a pattern, sorted. */
function namesIn(text: string, pattern: RegExp): string[] {
  return [...new Set(groupsOf(text, pattern))].sort();
}

const textOfWorkflows = workflows()
  .map(({ text }) => text)
  .join('\n');

/** A kind of names, by which a page and the workflows name the same. */
interface Names {
  readonly kind: string;
  readonly onPage: RegExp;
  readonly there: readonly string[];
}

const NAMES: readonly Names[] = [
  {
    kind: 'variables',
    onPage: /gh variable set (\w+)/g,
    there: namesIn(textOfWorkflows, /vars\.(\w+)/g),
  },
  {
    kind: 'labels',
    onPage: /gh label create ([\w-]+)/g,
    there: namesIn(textOfWorkflows, /\/labels\/([\w-]+)/g),
  },
  {
    kind: 'required checks',
    onPage: /"context":"([\w-]+)"/g,
    there: ['ci', 'oldest-node', 'review'],
  },
];

describe.each(PAGES)('%s', (file) => {
  const { text } = page(file);

  test.each(NAMES)('names the $kind, each that is there and no other', ({ onPage, there }) => {
    expect(namesIn(text, onPage)).toEqual(there);
  });

  test('makes the GitHub environments before the roles that trust them', () => {
    const environments = text.indexOf('environments/$e');
    expect(environments).toBeGreaterThan(0);
    expect(text.indexOf('npx cdk deploy ProoflinkDelivery')).toBeGreaterThan(environments);
  });

  test('lets main alone deploy to each of the three GitHub environments', () => {
    expect(text.match(/deployment-branch-policies" -f name=main -f type=branch/g)).toHaveLength(3);
  });
});

test('the required checks are jobs of the workflows', () => {
  expect(Object.keys(workflow('ci.yml').jobs)).toEqual(['ci', 'oldest-node']);
  expect(Object.keys(workflow('diff.yml').jobs)).toContain('review');
});

/** Bodies of the requests to GitHub's API on a page, with 1 for each number that a command looks up. */
function bodiesOf(file: string): object[] {
  const text = page(file).text.replaceAll(/'"\$\(.*?\)"'/g, '1');
  return groupsOf(text, /<<< \\?\s*'(\{[^']*\})'/g).map((body) => JSON.parse(body) as object);
}

describe.each(PAGES)('what %s sends to GitHub', (file) => {
  const bodies = bodiesOf(file);
  const settings = JSON.stringify(bodies);

  test('switches nothing off that protects main', () => {
    const switchedOff = namesIn(settings, /"(\w+)":false/g);
    expect(switchedOff).toEqual(['protected_branches', 'required_review_thread_resolution']);
    expect(namesIn(settings, /"enforcement":"(\w+)"/g)).toEqual(['active']);
  });

  test('protects main, and a tag of that name, by these rules', () => {
    expect(namesIn(settings, /"(refs\/[^"]+)"/g)).toEqual(['refs/heads/main', 'refs/tags/main']);
    expect(namesIn(settings, /"type":"([a-z_]+)"/g)).toEqual([
      'creation',
      'deletion',
      'non_fast_forward',
      'pull_request',
      'required_status_checks',
      'update',
    ]);
  });
});

/** Values of the variables in the trust policy of the rehearsal's role. */
const VARIABLES: Readonly<Record<string, string>> = {
  $P: 'P',
  $S: 'repo:a@1/b@2',
  $R: 'a/b',
  '${S#repo:}': 'a@1/b@2',
};

const TRUST_POLICY = /--assume-role-policy-document '(.*?)'\naws iam attach-role-policy/s;

/** A claim of GitHub's tokens as a policy names it. */
function claim(name: string): string {
  return `token.actions.githubusercontent.com:${name}`;
}

test.each(PAGES)('the rehearsal’s role of %s is trusted to one workflow file of main, and no wildcard', (file) => {
  const [, onPage = ''] = TRUST_POLICY.exec(page(file).text) ?? [];
  const policy = onPage.replaceAll(/'"(\$[^"]+)"'/g, (_, variable: string) => VARIABLES[variable] ?? '?');
  const { Statement: statements } = JSON.parse(policy) as { Statement: readonly { Condition: object }[] };
  expect(statements).toHaveLength(1);
  expect(statements[0]?.Condition).toEqual({
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
