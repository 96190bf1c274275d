import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../../../..');

/** Calls of Python that remove something, some of them when they end. */
const PYTHON = [
  /\b(rmtree|rmdir|removedirs|unlink)\b/,
  /\bos\.remove\b/,
  /\b(TemporaryDirectory|NamedTemporaryFile)\b/,
];
const SHELL = [/(^|[^\w.-])(rm|rmdir|unlink)\s/, /\bgit clean\b/, /\bfind\b.*-delete\b/];

/** The shell blocks of a page. */
function shellBlocks(text: string): string {
  return Array.from(text.matchAll(/^```sh\n(.*?)^```/gms), ([, block = '']) => block).join('');
}

/** The lines of a file that remove something: of a page, those of its shell blocks. */
function removalsIn(path: string, text: string): string[] {
  if (path.endsWith('own_paths.py')) return [];
  const code = path.endsWith('.md') ? shellBlocks(text) : text;
  const patterns = path.endsWith('.py') ? PYTHON : SHELL;
  return code
    .split('\n')
    .filter((line) => patterns.some((pattern) => pattern.test(line)))
    .map((line) => `${path}: ${line.trim()}`);
}

/** Files that ESLint does not read: Python, shell scripts, workflows, pages. */
function files(): string[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  const paths = listed.split('\n').filter((path) => existsSync(join(ROOT, path)));
  return paths.filter((path) => /\.(py|sh|md|ya?ml)$|^\.ci\/[\w-]+$/.test(path));
}

const all = files();

test.each(['.ci/run', 'README.ja.md', 'docs/runbook.md', 'packages/local-aws/server/own_paths.py'])(
  '%s is read',
  (path) => {
    expect(all).toContain(path);
  },
);

test('one file of Python may remove something', () => {
  expect(all.filter((path) => path.endsWith('/own_paths.py'))).toHaveLength(1);
});

test('Python, shell, workflows and pages remove nothing but through own_paths.py, or what mktemp has made for them', () => {
  const removals = all.flatMap((path) => removalsIn(path, readFileSync(join(ROOT, path), 'utf8')));
  expect(removals).toEqual([`.ci/without: trap 'rm -r "$copy"' EXIT`]);
});

interface Text {
  readonly path: string;
  readonly text: string;
}

const REMOVALS: readonly Text[] = [
  { path: 'x.py', text: 'shutil.rmtree(folder.parent)' },
  { path: 'x.py', text: 'with tempfile.TemporaryDirectory() as folder:' },
  { path: 'x.py', text: 'os.remove(sys.argv[1])' },
  { path: 'x.sh', text: 'rm -rf "$TMPDIR"' },
  { path: 'x.yml', text: '      - run: cd out && rm -r old' },
  { path: 'x.sh', text: 'find . -name "*.bak" -delete' },
  { path: 'x.md', text: "```sh\nsed -i.bak 's/a/b/' x.ts && rm *.bak\n```" },
];

test.each(REMOVALS)('a removal is seen: $path, $text', ({ path, text }) => {
  expect(removalsIn(path, text)).toHaveLength(1);
});

const NO_REMOVALS: readonly Text[] = [
  { path: 'x.sh', text: 'docker run --rm image; npm run lint' },
  { path: 'x.py', text: 'waiting.remove(one)' },
  { path: 'x.md', text: 'Use `rm x` yourself.\n```ts\nrm x\n```' },
];

test.each(NO_REMOVALS)('no removal is seen: $path, $text', ({ path, text }) => {
  expect(removalsIn(path, text)).toEqual([]);
});
