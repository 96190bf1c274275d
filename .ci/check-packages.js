#!/usr/bin/env node
// Checks what `npm ci` is about to install, since a lock file is too long to be reviewed by reading it: npm installs and links what
// it says. Each entry has to be one that a manifest wants there, and to say what its own manifest in the registry says. The file is
// read by npm's own modules: nothing else is installed yet.
//
// Usage: .ci/check-packages.js [folder]. Exits with 1 after a line for each finding.
const { execFile, spawnSync } = require('node:child_process');
const { readFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const { join, parse } = require('node:path');
const { isDeepStrictEqual, promisify } = require('node:util');

const ADVICE = 'Let npm write the lock file: git checkout main -- package-lock.json && npm install';

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

/** Extensions that Node tries before a folder. */
const BEFORE_FOLDER = ['', '.js', '.json', '.node', '.ts'];

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
    const isLoadedFirst = (ext !== '.ts' && files.has(`${module}.ts`)) || files.has(`${module}/index.ts`);
    if (isLoadedFirst && BEFORE_FOLDER.includes(ext)) findings.push(`${file}: Node would load it for ${module}.`);
  }
  if (readFileSync(join(root, '.npmrc'), 'utf8') !== NPMRC) {
    findings.push('.npmrc: not the content that .ci/check-packages.js has.');
  }
  return findings;
}

/** The entries that manifests want, ours first; a link and the folder that it leads to are two. */
function wantedEntries(root, report) {
  const wanted = new Set([root]);
  for (const entry of wanted) {
    if (entry.isLink) wanted.add(entry.target);
    for (const { name, spec, to, error } of entry.edgesOut.values()) {
      // Optional.
      if (!to && !error) continue;
      const [, packageName = name] = /^npm:(.+)@/.exec(spec) ?? [];
      const isWanted = !error && to.packageName === packageName;
      if (!isWanted) report(to ?? entry, `is not what ${entry.location || 'package.json'} wants, ${name} ${spec}`);
      if (to) wanted.add(to);
    }
  }
  return wanted;
}

/** Fields by which npm decides what it installs and links. */
function fieldsOf({ name, version, bin = {}, bundleDependencies = [], ...manifest }) {
  const { peerDependencies, dependencies, devDependencies, optionalDependencies } = manifest;
  const all = { ...peerDependencies, ...dependencies, ...devDependencies, ...optionalDependencies };
  return { name, version, bin, bundleDependencies, dependencies: all };
}

/** Reports what an entry has otherwise than its manifest. */
async function checkEntry(entry, readManifest, report) {
  const { integrity, inBundle, packageName } = entry;
  if (entry.isLink) return;
  const isOurs = entry.isProjectRoot || entry.isWorkspace;
  if (!isOurs && (entry.resolved || entry.hasShrinkwrap || packageName.startsWith('@infra/'))) {
    report(entry, 'is not of the registry alone');
    return;
  }
  const fields = fieldsOf(entry.package);
  // In another one's archive, whose checksum holds: it need not be published.
  if (inBundle && isDeepStrictEqual([fields.bin, fields.dependencies], [{}, {}])) return;
  const manifest = await readManifest(isOurs ? `file:${entry.path}` : `${packageName}@${entry.version}`);
  const hasChecksum =
    isOurs || inBundle || (integrity?.startsWith('sha512-') && integrity === String(manifest._integrity));
  if (!hasChecksum) report(entry, `has another checksum than in the registry, ${integrity}`);
  const expected = fieldsOf(isOurs ? manifest : { ...manifest, devDependencies: {} });
  for (const [field, value] of Object.entries(fields)) {
    if (!isDeepStrictEqual(value, expected[field])) report(entry, `has another ${field} than its manifest`);
  }
}

/** Findings on the lock file. */
async function checkLock(root) {
  const npm = async (...args) => (await promisify(execFile)('npm', args, { cwd: root })).stdout.trim();
  const asked = [npm('exec', '--call', 'echo "$npm_execpath"'), npm('config', 'get', 'registry')];
  const [program, registry] = await Promise.all(asked);
  const requireOfNpm = createRequire(program);
  const Arborist = requireOfNpm('@npmcli/arborist');
  const readManifest = (spec) => requireOfNpm('pacote').manifest(spec, { registry });

  const tree = await new Arborist({ path: root }).loadVirtual();
  const findings = [];
  const report = ({ location }, finding) => findings.push(`package-lock.json: ${location} ${finding}.`);
  const wanted = wantedEntries(tree, report);
  const entries = [...tree.inventory.values()];
  const checkRest = async () => {
    for (let entry = entries.pop(); entry; entry = entries.pop()) {
      if (wanted.has(entry)) await checkEntry(entry, readManifest, report);
      else report(entry, 'is wanted by nothing');
    }
  };
  await Promise.all(Array.from({ length: 20 }, checkRest));
  return findings;
}

/** Findings on a repository. That it cannot be checked is one. */
async function findingsOn(root) {
  try {
    const findings = checkFiles(root);
    return findings.length > 0 ? findings : await checkLock(root);
  } catch (error) {
    return [`The packages cannot be checked: ${error.message}`];
  }
}

findingsOn(process.argv[2] ?? '.').then((findings) => {
  for (const finding of findings) console.error(finding);
  if (findings.length > 0) console.error(ADVICE);
  process.exitCode = findings.length > 0 ? 1 : 0;
});
