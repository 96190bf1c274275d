import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../../..');

const PYTHON = /\b(rmtree|rmdir|removedirs|unlink|TemporaryDirectory|NamedTemporaryFile)\b|\bos\.remove\b/;
const SHELL = /(^|[^\w.-])(rm|rmdir|unlink)\s|\bgit clean\b|\bfind\b.*-delete\b/;

/** The lines of a file that remove something: of a page, those of its shell blocks. */
function removalsIn(path: string, text: string): string[] {
  if (path.endsWith('own_paths.py')) return [];
  const [code, pattern] = path.endsWith('.md')
    ? [[...text.matchAll(/^```sh\n(.*?)^```/gms)].map(([, block = '']) => block).join(''), SHELL]
    : [text, path.endsWith('.py') ? PYTHON : SHELL];
  return code
    .split('\n')
    .filter((line) => pattern.test(line))
    .map((line) => `${path}: ${line.trim()}`);
}

/** Files that ESLint does not read: Python, shell scripts, workflows, pages. */
function files(): string[] {
  const folders = ['.ci', '.github', 'bin', 'docs', 'lib', 'packages', 'test', 'tools'];
  const inFolders = folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name).slice(ROOT.length + 1)),
  );
  const all = [...inFolders, ...readdirSync(ROOT).filter((name) => name.endsWith('.md'))];
  return all.filter((path) => /\.(py|sh|md|ya?ml)$|^\.ci\/[\w-]+$/.test(path));
}

test('Python, shell, workflows and pages remove nothing but through own_paths.py', () => {
  const all = files();
  for (const path of [
    '.ci/run',
    '.github/workflows/ci.yml',
    'README.ja.md',
    'tools/workflows/drift-issue.sh',
    'docs/runbook.md',
  ]) {
    expect(all).toContain(path);
  }
  expect(all.filter((path) => path.endsWith('/own_paths.py'))).toHaveLength(1);
  expect(all.flatMap((path) => removalsIn(path, readFileSync(join(ROOT, path), 'utf8')))).toEqual([]);
});

it.each([
  ['x.py', 'shutil.rmtree(folder.parent)'],
  ['x.py', 'with tempfile.TemporaryDirectory() as folder:'],
  ['x.py', "    (target / 'pid').unlink(missing_ok=True)"],
  ['x.py', 'os.remove(sys.argv[1])'],
  ['x.sh', 'rm -rf "$TMPDIR"'],
  ['x.yml', '      - run: cd out && rm -r old'],
  ['x.yml', '        run: git clean -fdx'],
  ['x.sh', 'find . -name "*.bak" -delete'],
  ['x.md', "```sh\nsed -i.bak 's/a/b/' x.ts && rm *.bak\n```"],
])('a removal is seen: %s, %s', (path, text) => {
  expect(removalsIn(path, text)).toHaveLength(1);
});

it('what only looks like one is not', () => {
  expect(removalsIn('x.sh', 'docker run --rm image; npm run lint')).toEqual([]);
  expect(removalsIn('x.py', 'waiting.remove(one)')).toEqual([]);
  expect(removalsIn('x.md', 'Use `rm x` yourself.\n```ts\nrm x\n```')).toEqual([]);
});
