#!/usr/bin/env node
// Checks what `npm ci` is about to install, since a lock file is too long to be reviewed by reading it. npm writes the lock file
// anew: from one that says to be of version 1, it asks the registry for the manifest of every package. Whatever was planted in
// the file is then missing. Has no dependencies, since nothing is installed yet.
//
// Usage: .ci/check-packages.js [folder]. Exits with 1 after a line for each finding.
const { spawnSync } = require('node:child_process');
// eslint-disable-next-line own/removals -- see below
const { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { dirname, join, parse } = require('node:path');
const { isDeepStrictEqual } = require('node:util');

/** The npm that writes the lock file: versions differ in the fields that they write. */
const NPM = process.env.NPM ?? 'npx --yes npm@11.19.1';
const ADVICE = `Let npm write it: git checkout main -- package-lock.json && ${NPM} install`;

/**
 * No download addresses in the lock file, so that it installs from whichever registry a machine is set up for; no package runs
 * a script when it is installed, or comes from elsewhere than a registry. A comment could end in a lone CR, which ends a line
 * for npm.
 */
const NPMRC = [
  'omit-lockfile-registry-resolved=true',
  'ignore-scripts=true',
  'allow-git=none',
  'allow-remote=none',
  'allow-file=none',
  'fund=false',
  'audit=false',
  '',
].join('\n');

/** Extensions that Node tries before `.ts`. */
const BEFORE_TYPESCRIPT = ['', '.js', '.json', '.node'];

const SHA512 = /^sha512-[\w+/]{86}==$/;

/** Findings on files that change what npm installs, what git checks out or what Node loads. */
function checkFiles(root) {
  const { status, stdout } = spawnSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error('git does not list the files');
  const files = new Set(stdout.split('\0'));
  const findings = [];
  for (const file of files) {
    const { dir, name, ext, base } = parse(file);
    if (base === '.gitattributes')
      findings.push(`${file}: git would check out other files than those that were reviewed.`);
    if (base === 'npm-shrinkwrap.json') findings.push(`${file}: npm would install what it says.`);
    if (file.split('/').includes('node_modules'))
      findings.push(`${file}: Node would load it in the place of a package.`);
    if (base === 'package.json' && !/^(?:packages\/[\w-]+\/)?package\.json$/.test(file)) {
      findings.push(`${file}: Node would load what it names.`);
    }
    const module = join(dir, name);
    const isLoadedFirst = files.has(`${module}.ts`) || files.has(`${module}/index.ts`);
    if (isLoadedFirst && BEFORE_TYPESCRIPT.includes(ext))
      findings.push(`${file}: Node would load it in the place of ${module}.ts.`);
  }
  if (readFileSync(join(root, '.npmrc'), 'utf8') !== NPMRC) {
    findings.push('.npmrc: not the content that .ci/check-packages.js has.');
  }
  return findings;
}

/** Findings on entries of the lock file that npm would keep as they are. */
function checkEntries({ packages }) {
  const findings = [];
  for (const [path, { integrity, inBundle, link, resolved, hasShrinkwrap }] of Object.entries(packages)) {
    const isWorkspace = path === '' || /^packages\/[\w-]+$/.test(path);
    if (isWorkspace) continue;
    const isLinkToOwnFolder = link === true && `node_modules/${resolved}` === path.replace('@infra', 'packages');
    if (isLinkToOwnFolder) continue;
    const fault = (text) => findings.push(`package-lock.json: ${path} ${text}`);
    if (link || path.includes('@infra/')) fault('is no link of @infra to its folder in packages.');
    else if (!SHA512.test(integrity) && !inBundle) fault(`has no checksum of SHA-512, but "${integrity}".`);
    if (hasShrinkwrap) fault('brings a lock file of its own, which npm would follow.');
  }
  return findings;
}

/** The lock file that npm writes from the manifests and the registry. */
function writtenByNpm(lock, manifests) {
  const folder = mkdtempSync(join(tmpdir(), 'check-packages-'));
  try {
    writeFileSync(join(folder, '.npmrc'), NPMRC);
    for (const [path, manifest] of manifests) {
      mkdirSync(join(folder, dirname(path)), { recursive: true });
      writeFileSync(join(folder, path), JSON.stringify(manifest));
    }
    const { requires, ...oldLock } = lock;
    writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ ...oldLock, lockfileVersion: 1 }));
    const { status, stderr } = spawnSync(`${NPM} install --package-lock-only --loglevel=error`, {
      cwd: folder,
      shell: true,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(stderr.trim());
    return JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8'));
  } finally {
    // eslint-disable-next-line own/removals -- it was made above; packages/common is not installed yet
    rmSync(folder, { recursive: true });
  }
}

/** An entry of the lock file; a package in another one's archive has no checksum of its own. */
function comparable({ integrity, ...entry }) {
  return entry.inBundle ? entry : { ...entry, integrity };
}

/** Findings on what npm writes otherwise. */
function compare({ packages, ...header }, { packages: writtenPackages, ...writtenHeader }) {
  const findings = isDeepStrictEqual(header, writtenHeader) ? [] : ['package-lock.json: npm writes other first lines.'];
  for (const path of new Set([...Object.keys(packages), ...Object.keys(writtenPackages)])) {
    const isSame = isDeepStrictEqual(comparable(packages[path] ?? {}), comparable(writtenPackages[path] ?? {}));
    if (!isSame) findings.push(`package-lock.json: ${path || 'the root'}: npm writes something else.`);
  }
  return findings;
}

/** Findings on a repository. That it cannot be checked is one. */
function findingsOn(root) {
  try {
    const readJson = (path) => JSON.parse(readFileSync(join(root, path), 'utf8'));
    const workspaces = readdirSync(join(root, 'packages')).map((name) => `packages/${name}/package.json`);
    const paths = ['package.json', ...workspaces.filter((path) => existsSync(join(root, path)))];
    const manifests = new Map(paths.map((path) => [path, readJson(path)]));
    const lock = readJson('package-lock.json');
    const findings = [...checkFiles(root), ...checkEntries(lock)];
    return findings.length > 0 ? findings : compare(lock, writtenByNpm(lock, manifests));
  } catch (error) {
    return [`The packages cannot be checked: ${error.message}`];
  }
}

const findings = findingsOn(process.argv[2] ?? '.');
for (const finding of findings) console.error(finding);
if (findings.length > 0) console.error(ADVICE);
process.exitCode = findings.length > 0 ? 1 : 0;
