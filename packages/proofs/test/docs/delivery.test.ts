import { workflow, workflows } from '@infra/testing/workflow';
import { groupsOf, page } from '@infra/testing/documents';

// The Japanese page has the same commands (pairs.test.ts).
const { text } = page('docs/delivery.md');
const textOfWorkflows = workflows()
  .map((each) => each.text)
  .join('\n');

/** The different first groups of a pattern, sorted. */
function namesIn(searched: string, pattern: RegExp): string[] {
  return [...new Set(groupsOf(searched, pattern))].sort();
}

test('the variables that the page sets are those that the workflows read', () => {
  expect(namesIn(text, /gh variable set (\w+)/g)).toEqual(namesIn(textOfWorkflows, /vars\.(\w+)/g));
});

test('the label that the page creates is the one that a workflow takes off', () => {
  expect(namesIn(text, /gh label create ([\w-]+)/g)).toEqual(namesIn(textOfWorkflows, /\/labels\/([\w-]+)/g));
});

test('the required checks are all jobs of CI, and the review: GitHub waits forever for one that no workflow has', () => {
  const jobs = [...Object.keys(workflow('ci.yml').jobs), 'review'];
  expect(namesIn(text, /"context":"([\w-]+)"/g)).toEqual(jobs.sort());
  expect(workflow('diff.yml').jobs).toHaveProperty('review');
});

test('main alone deploys to each GitHub environment', () => {
  const environments = namesIn(text, /environments\/([^/"]+)" --input/g);
  const withMainAlone = namesIn(
    text,
    /environments\/([^/"]+)\/deployment-branch-policies" -f name=main -f type=branch/g,
  );
  // "$e" is prod, too.
  expect(environments).toEqual([...withMainAlone, 'prod'].sort());
});

test('the rulesets protect main, and a tag of that name, by these rules, and switch none off', () => {
  const withoutLookups = text.replaceAll(/'"\$\(.*?\)"'/g, '1');
  const bodies = groupsOf(withoutLookups, /<<< \\?\s*'(\{[^']*\})'/g).map((body) => JSON.parse(body) as object);
  const settings = JSON.stringify(bodies);
  expect(namesIn(settings, /"(refs\/[^"]+)"/g)).toEqual(['refs/heads/main', 'refs/tags/main']);
  expect(namesIn(settings, /"enforcement":"(\w+)"/g)).toEqual(['active']);
  expect(namesIn(settings, /"(\w+)":false/g)).toEqual(['protected_branches', 'required_review_thread_resolution']);
  expect(namesIn(settings, /"type":"([a-z_]+)"/g)).toEqual([
    'creation',
    'deletion',
    'non_fast_forward',
    'pull_request',
    'required_status_checks',
    'update',
  ]);
});
