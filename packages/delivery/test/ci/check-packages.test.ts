import { execFile, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { temporaryFolder } from '@infra/common/testing';
import { ROOT } from '@infra/testing/workflow';
import { bareEnvironment } from '@infra/common/test/support/bare-environment';

interface Package {
  [field: string]: unknown;
}

/** Files of a repository by their paths; objects are written as JSON. */
type Files = Record<string, unknown> & { 'package-lock.json': Package & { packages: Record<string, Package> } };

const root = temporaryFolder('check-packages-');
const NPMRC = readFileSync(join(ROOT, '.npmrc'), 'utf8');
const COMMANDER = 'node_modules/commander';
const ALIAS = 'node_modules/alias';
const BUNDLED = 'node_modules/sucrase/node_modules/lines';

/** Manifests of the registry, by their names. */
const PUBLISHED: Readonly<Record<string, Package>> = {
  commander: { version: '14.0.3', license: 'MIT' },
  sucrase: {
    version: '3.35.0',
    bin: { sucrase: 'bin/sucrase' },
    dependencies: { commander: '^14.0.0', alias: 'npm:commander@^14.0.0', lines: '^1.0.0' },
    bundleDependencies: ['lines'],
  },
  // npm links its program beside the token, without an install script, and each Node of a script of npm is that.
  evil: { version: '14.0.3', bin: { node: 'evil.js' } },
  // Strangers under our names.
  alias: { version: '14.0.3' },
  '@infra/common': { version: '1.0.0' },
};

/** SHA-512 of any archive. */
const integrity = `sha512-${'A'.repeat(86)}==`;

let registry: Server;
let address: string;

beforeAll(async () => {
  registry = createServer(({ url = '' }, response) => {
    const name = decodeURIComponent(url.slice(1));
    if (!PUBLISHED[name]) response.statusCode = 404;
    const manifest = { name, ...PUBLISHED[name], dist: { tarball: `${address}/${name}.tgz`, integrity } };
    const version = String(PUBLISHED[name]?.['version']);
    response.end(JSON.stringify({ name, 'dist-tags': { latest: version }, versions: { [version]: manifest } }));
  });
  await new Promise<void>((resolve) => registry.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(registry.address() as AddressInfo).port}`;
});
afterAll(() => registry.close());

/** A repository with packages of the registry, one of them in the archive of another one, and one of its own. */
function repository(): Files {
  const manifest = {
    name: 'app',
    version: '1.0.0',
    workspaces: ['packages/*'],
    dependencies: { '@infra/common': '0.1.0', sucrase: '3.35.0' },
  };
  return {
    '.npmrc': NPMRC,
    'package.json': manifest,
    'packages/common/package.json': { name: '@infra/common', version: '0.1.0' },
    'lib/language.ts': '',
    'package-lock.json': {
      name: 'app',
      version: '1.0.0',
      lockfileVersion: 3,
      requires: true,
      packages: {
        '': manifest,
        'node_modules/@infra/common': { resolved: 'packages/common', link: true },
        [COMMANDER]: { ...PUBLISHED['commander'], integrity },
        [ALIAS]: { name: 'commander', ...PUBLISHED['commander'], integrity },
        'node_modules/sucrase': { ...PUBLISHED['sucrase'], integrity },
        [BUNDLED]: { version: '1.0.0', inBundle: true },
        'packages/common': { name: '@infra/common', version: '0.1.0' },
      },
    },
  };
}

/** Findings on a repository after a change, and the exit code. */
async function check(change: (files: Files) => void) {
  const folder = mkdtempSync(join(root, 'repository-'));
  const files = repository();
  change(files);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), typeof content === 'string' ? content : JSON.stringify(content));
  }
  spawnSync('git init --quiet && git add --force .', { cwd: folder, shell: true });
  const env = { ...bareEnvironment(), HOME: folder, npm_config_registry: address };
  const program = promisify(execFile)(join(ROOT, '.ci/check-packages.js'), [folder], { env });
  return program.then(
    () => ({ exitCode: 0, findings: '' }),
    (error: unknown) => {
      const { code, stderr } = error as { code: number; stderr: string };
      return { exitCode: code, findings: stderr };
    },
  );
}

test('a lock file that npm wrote is installed', async () => {
  expect(await check(() => undefined)).toEqual({ exitCode: 0, findings: '' });
});

const entryOf = (files: Files, path = COMMANDER) => files['package-lock.json'].packages[path] ?? {};

function addEntry(files: Files, path: string, entry: Package): void {
  files['package-lock.json'].packages[path] = entry;
}

const EVIL = { bin: PUBLISHED['evil']?.['bin'] };

interface Attempt {
  readonly title: string;
  readonly change: (files: Files) => void;
  readonly finding: string;
}

/** Each was seen to be installed or loaded, or is another way to the same. */
const ATTEMPTS: readonly Attempt[] = [
  {
    title: 'a program that its manifest has not',
    change: (files) => Object.assign(entryOf(files), EVIL),
    finding: `${COMMANDER} has another bin than its manifest.`,
  },
  {
    title: 'a package under the name of another one',
    change: (files) => Object.assign(entryOf(files), { name: 'evil' }, EVIL),
    finding: `${COMMANDER} is not what node_modules/sucrase wants, commander ^14.0.0.`,
  },
  {
    title: 'the package that has the name of an alias',
    change: (files) => delete entryOf(files, ALIAS)['name'],
    finding: `${ALIAS} is not what node_modules/sucrase wants, alias npm:commander@^14.0.0.`,
  },
  {
    title: 'a program of a package in the archive of another one',
    change: (files) => Object.assign(entryOf(files, BUNDLED), EVIL),
    finding: 'The packages cannot be checked: 404 Not Found',
  },
  {
    title: 'a package that a workspace wants which only the lock file has',
    change: (files) => {
      Object.assign(entryOf(files, ''), { workspaces: ['packages/*', 'docs/*'] });
      addEntry(files, 'docs/x', { name: '@infra/x', version: '0.1.0', dependencies: { evil: '14.0.3' } });
      addEntry(files, 'node_modules/@infra/x', { resolved: 'docs/x', link: true });
      addEntry(files, 'node_modules/evil', { version: '14.0.3', integrity, ...EVIL });
    },
    finding: 'node_modules/evil is wanted by nothing.',
  },
  {
    title: 'a package that another one is said to want',
    change: (files) => {
      Object.assign(entryOf(files), { dependencies: { evil: '14.0.3' } });
      addEntry(files, 'node_modules/evil', { version: '14.0.3', integrity, ...EVIL });
    },
    finding: `${COMMANDER} has another dependencies than its manifest.`,
  },
  {
    title: 'a package that is said to be in the archive of another one, which needs no checksum',
    change: (files) => {
      addEntry(files, 'node_modules/sucrase/node_modules/commander', { version: '14.0.3', inBundle: true });
    },
    finding: 'node_modules/sucrase/node_modules/commander has another checksum than in the registry, null.',
  },
  {
    title: 'a package of the registry in the place of one of ours',
    change: (files) => {
      Object.assign(files['packages/common/package.json'] as Package, { dependencies: { '@infra/common': '*' } });
      addEntry(files, 'packages/common/node_modules/@infra/common', { version: '1.0.0', integrity });
    },
    finding: 'packages/common/node_modules/@infra/common is not of the registry alone.',
  },
  {
    title: 'a package with the checksum of another archive',
    change: (files) => Object.assign(entryOf(files), { integrity: integrity.replace('A', 'B') }),
    finding: `${COMMANDER} has another checksum than in the registry, sha512-B`,
  },
  {
    title: 'a package with a lock file of its own',
    change: (files) => Object.assign(entryOf(files), { hasShrinkwrap: true }),
    finding: `${COMMANDER} is not of the registry alone.`,
  },
  {
    title: 'a package from elsewhere',
    change: (files) => Object.assign(entryOf(files), { resolved: 'https://example.com/commander.tgz' }),
    finding: `${COMMANDER} is not of the registry alone.`,
  },
  {
    title: 'an archive in the manifest',
    change: ({ 'package.json': manifest }) => {
      Object.assign(manifest as Package, { dependencies: { sucrase: 'file:docs/images/logo.tgz' } });
    },
    finding: 'node_modules/sucrase is not what package.json wants, sucrase file:docs/images/logo.tgz.',
  },
  {
    title: 'a setting behind a lone CR in a comment of .npmrc, which ends a line for npm',
    change: (files) => {
      files['.npmrc'] = `# harmless\rregistry=https://example.com/\n${NPMRC}`;
    },
    finding: '.npmrc: not the content that .ci/check-packages.js has.',
  },
  {
    title: 'a lock file that npm prefers',
    change: (files) => {
      files['npm-shrinkwrap.json'] = files['package-lock.json'];
    },
    finding: 'npm-shrinkwrap.json: npm would install what it says.',
  },
  {
    title: 'attributes, by which git re-encodes a comment into code',
    change: (files) => {
      files['lib/.gitattributes'] = '*.ts working-tree-encoding=UTF-7\n';
    },
    finding: 'lib/.gitattributes: git would check out other files',
  },
  {
    title: 'language.js beside language.ts',
    change: (files) => {
      files['lib/language.js'] = '';
    },
    finding: 'lib/language.js: Node would load it for lib/language.',
  },
  {
    title: 'config.ts beside config/index.ts',
    change: (files) => {
      files['lib/config/index.ts'] = '';
      files['lib/config.ts'] = '';
    },
    finding: 'lib/config.ts: Node would load it for lib/config.',
  },
  {
    title: 'a package among the files',
    change: (files) => {
      files['lib/node_modules/constructs/index.js'] = '';
    },
    finding: 'lib/node_modules/constructs/index.js: Node would load it in the place of a package.',
  },
];

test.each(ATTEMPTS)('refused: $title', async ({ change, finding }) => {
  const { exitCode, findings } = await check(change);
  expect(findings).toContain(finding);
  expect(exitCode).toBe(1);
});
