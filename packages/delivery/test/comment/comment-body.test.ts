import { commentBody, type CommentParts } from '../../src/comment/comment-body';
import { COMMENT_MARKER } from '../../src/comment/marker';

const run = {
  id: 1,
  run_number: 1,
  event: 'pull_request',
  conclusion: 'success',
  workflow_id: 1,
  head_sha: 'c1',
  head_branch: 'feature',
  head_repository: null,
  html_url: 'https://run',
};
const bodyWith = (changes: Partial<CommentParts>, language?: 'en' | 'ja') => {
  const review = `${COMMENT_MARKER}\n\n**No change.**`;
  const parts = { run, repository: 'prooflink/infrastructure', review, changedFiles: [] };
  return commentBody({ ...parts, ...changes }, language);
};
const first = (files: string[]) => {
  const changedFiles = files.map((filename) => ({ filename, status: 'modified', sha: 'f1' }));
  return bodyWith({ changedFiles }).split('\n\n')[1];
};

describe('a change of what judges it is said first', () => {
  it.each([
    '.github/CODEOWNERS',
    '.ci/run',
    'packages/common/src/secret-mask.ts',
    'packages/delivery/src/drift-issue.sh',
    'packages/common/register.js',
    'bin/prooflink.ts',
    'lib/delivery/delivery-stack.ts',
    'lib/config/delivery.ts',
    'cdk.json',
    'tsconfig.json',
    'package.json',
    'package-lock.json',
    'npm-shrinkwrap.json',
    '.npmrc',
    '.nvmrc',
    '.gitattributes',
    'lib/config/.gitattributes',
  ])('%s', (file) => {
    expect(first(['lib/config/dev.ts', file])).toBe(
      `**This changes the review itself, the workflows, or what they run: \`${file}\`.** ` +
        'Read that first; whatever is said below may be its work.',
    );
  });

  it('by the first ten names, where there are more', () => {
    const files = Array.from({ length: 12 }, (_, index) => `packages/commands/src/${index}.ts`);
    expect(first(files)).toContain('`packages/commands/src/9.ts` and 2 more.**');
  });

  it('where GitHub lists no more, that there may be any', () => {
    const files = Array.from({ length: 3000 }, (_, index) => `docs/${index}.md`);
    expect(first(files)).toBe('**GitHub lists no more than 3,000 changed files: there may be any.**');
  });

  it.each(['lib/config/dev.ts', 'lib/constructs/database.ts', 'docs/delivery.md', 'test/app/x.test.ts'])(
    'and not one of %s',
    (file) => {
      expect(first([file])).toMatch(/^<sub>Of c1/);
    },
  );
});
