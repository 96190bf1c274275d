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

/** Manifests of the registry, by their names. */
const PUBLISHED: Readonly<Record<string, Package>> = {
  commander: { version: '14.0.3', license: 'MIT' },
  sucrase: { version: '3.35.0', bin: { sucrase: 'bin/sucrase' }, dependencies: { commander: '^14.0.0' } },
  // A stranger's, under a name of ours.
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

/** A repository with two packages of the registry and one of its own. */
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
        'node_modules/sucrase': { ...PUBLISHED['sucrase'], integrity },
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
  const env = { ...bareEnvironment(), HOME: folder, NPM: 'npm', npm_config_registry: address };
  const program = promisify(execFile)(join(ROOT, '.ci/check-packages.js'), [folder], { env });
  return program.then(
    () => ({ exitCode: 0, findings: '' }),
    (error: unknown) => {
      const { code, stderr } = error as { code: number; stderr: string };
      return { exitCode: code, findings: stderr };
    },
  );
}

test('packages that npm writes so are installed', async () => {
  expect(await check(() => undefined)).toEqual({ exitCode: 0, findings: '' });
});

const entryOf = (files: Files, path = COMMANDER) => files['package-lock.json'].packages[path] ?? {};

interface Attempt {
  readonly title: string;
  readonly change: (files: Files) => void;
  readonly finding: string;
}

/** Each was seen to be installed or loaded, or is another way to the same. */
const ATTEMPTS: readonly Attempt[] = [
  {
    title: 'a program called node: npm links it beside the token, without an install script',
    change: (files) => Object.assign(entryOf(files), { bin: { node: 'evil.js' } }),
    finding: `package-lock.json: ${COMMANDER}: npm writes something else.`,
  },
  {
    title: 'a package of the registry in the place of one of ours',
    change: ({ 'package-lock.json': { packages } }) => {
      packages['node_modules/sucrase/node_modules/@infra/common'] = { version: '1.0.0', integrity };
    },
    finding: 'node_modules/sucrase/node_modules/@infra/common is no link of @infra',
  },
  {
    title: 'a dependency that nothing wants',
    change: ({ 'package-lock.json': { packages } }) => {
      packages['node_modules/evil'] = { version: '1.0.0', integrity };
    },
    finding: 'package-lock.json: node_modules/evil: npm writes something else.',
  },
  {
    title: 'a package without a checksum',
    change: (files) => delete entryOf(files)['integrity'],
    finding: `package-lock.json: ${COMMANDER} has no checksum of SHA-512, but "undefined".`,
  },
  {
    title: 'a package with a lock file of its own',
    change: (files) => Object.assign(entryOf(files), { hasShrinkwrap: true }),
    finding: `package-lock.json: ${COMMANDER} brings a lock file of its own`,
  },
  {
    title: 'a package of ours under another name',
    change: ({ 'package-lock.json': { packages } }) => {
      packages[COMMANDER] = { resolved: 'packages/common', link: true };
    },
    finding: `package-lock.json: ${COMMANDER} is no link of @infra`,
  },
  {
    title: 'an archive in the manifest',
    change: ({ 'package.json': manifest }) => {
      Object.assign(manifest as Package, { dependencies: { sucrase: 'file:docs/images/logo.tgz' } });
    },
    finding: 'Fetching packages of type "file" have been disabled',
  },
  {
    title: 'the form of npm 6, whose versions are addresses',
    change: (files) => {
      Object.assign(files['package-lock.json'], { dependencies: { commander: { version: 'file:logo.tgz' } } });
    },
    finding: 'package-lock.json: npm writes other first lines.',
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
    finding: 'lib/language.js: Node would load it in the place of lib/language.ts.',
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
