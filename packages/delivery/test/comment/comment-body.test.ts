import { commentBody } from '../../src/comment/comment-body';
import { COMMENT_MARKER } from '../../src/comment/marker';

const run = {
  id: 1,
  run_number: 1,
  conclusion: 'success',
  workflow_id: 1,
  head_sha: 'c1',
  head_branch: 'feature',
  head_repository: null,
  html_url: 'https://run',
};
const first = (files: string[]) => {
  const review = `${COMMENT_MARKER}\n\n**No change.**`;
  const changedFiles = files.map((filename) => ({ filename }));
  return commentBody({ run, repository: 'prooflink/infrastructure', review, changedFiles }).split('\n\n')[1];
};

describe('a change of what judges it is said first', () => {
  it.each([
    '.github/CODEOWNERS',
    '.ci/run',
    'packages/common/src/secret-mask.ts',
    'packages/delivery/src/drift-issue.sh',
    'bin/prooflink.ts',
    'lib/delivery/delivery-stack.ts',
    'lib/config/delivery.ts',
    'cdk.json',
    'cdk.context.json',
    'lib/config.ts',
    'lib/language.ts',
    'tsconfig.json',
    'package.json',
    'package-lock.json',
    'npm-shrinkwrap.json',
    '.npmrc',
    '.nvmrc',
    'lib/config/.gitattributes',
  ])('%s', (file) => {
    expect(first(['lib/config/dev.ts', file])).toBe(
      `**This changes the review itself, the workflows, or what they run: \`${file}\`.** ` +
        'Read that first; whatever is said below may be its work.',
    );
  });

  it('by each name, the worst first: decoys hide none', () => {
    const decoys = Array.from({ length: 100 }, (_, index) => `.github/${index}.md`);
    const sentence = first([...decoys, 'packages/a.ts', 'packages/delivery/src/deploy.sh']) ?? '';
    expect(sentence).toContain('run: `packages/delivery/src/deploy.sh`, `.github/0.md`, ');
    expect(sentence).toContain('`.github/99.md`, `packages/a.ts`.**');
  });

  it.each([
    { title: 'GitHub lists no more', length: 3000, folder: 'docs' },
    { title: 'they do not fit', length: 2000, folder: 'packages/commands' },
  ])('where $title, that there may be any', ({ length, folder }) => {
    const files = Array.from({ length }, (_, index) => `${folder}/${index}.md`);
    expect(first(files)).toMatch(/^\*\*This changes too many files to list those of the workflows/);
  });

  it('and not one of the app or its pages', () => {
    expect(first(['lib/config/dev.ts', 'docs/delivery.md'])).toMatch(/^<sub>Of c1/);
  });
});
