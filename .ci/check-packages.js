#!/usr/bin/env node
// Checks what `npm ci` is about to install: every package must come from the registry, under its own name and with a
// checksum, or be a workspace. The lock file is too long to be reviewed by reading it, and npm prefers several other
// sources to it. Has no dependencies, since nothing is installed yet.
//
// Usage: .ci/check-packages.js [folder]. Exits with 1 after a line for each finding.
const { existsSync, readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

/** Settings of npm that .npmrc may have. Others name a registry, a shell, or code that npm loads. */
const SETTINGS = ['audit=false', 'fund=false', 'ignore-scripts=true', 'omit-lockfile-registry-resolved=true'];

/** Packages that are installed under another name, each with its own. */
const ALIASES = {
  '@jest/react-is-18': 'react-is',
  '@jest/react-is-19': 'react-is',
  '@typescript/native': 'typescript',
  'string-width-cjs': 'string-width',
  'strip-ansi-cjs': 'strip-ansi',
  'typescript-native': 'typescript',
  'wrap-ansi-cjs': 'wrap-ansi',
};

const KINDS_OF_DEPENDENCIES = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];

const VERSION = /^\d+\.\d+\.\d+(-[\w.-]+)?(\+[\w.-]+)?$/;
const CHECKSUM = /^sha512-[\w+/]{86}==$/;
const ALIAS = /^npm:((?:@[\w.-]+\/)?[\w.-]+)@/;
const RANGE = /^[\w.+^~<>=|* -]*$/;
/** npm takes such a range for a file. */
const ARCHIVE = /\.(tgz|tar|tar.gz)$/i;

/** True if npm looks a dependency up in the registry: by a range or a tag, not by a path or an address. */
function isFromRegistry(name, wanted) {
  const alias = ALIAS.exec(wanted);
  if (alias !== null && ALIASES[name] !== alias[1]) return false;
  const range = wanted.replace(ALIAS, '');
  return RANGE.test(range) && !ARCHIVE.test(range);
}

/** Findings on the dependencies of a manifest, or of a package in the lock file. */
function checkDependencies(where, manifest) {
  const findings = [];
  for (const kind of KINDS_OF_DEPENDENCIES) {
    for (const [name, wanted] of Object.entries(manifest[kind] ?? {})) {
      if (isFromRegistry(name, wanted)) continue;
      findings.push(
        `${where}: ${name} is "${wanted}". Write a version or a range of the registry's package of that name. If another ` +
          'one is meant, add it to ALIASES in .ci/check-packages.js.',
      );
    }
  }
  return findings;
}

function checkManifest(where, manifest) {
  const findings = checkDependencies(where, manifest);
  if (manifest.overrides !== undefined) {
    findings.push(`${where} has overrides, which change other packages' dependencies. Take them out.`);
  }
  return findings;
}

function checkRoot(manifest) {
  const findings = checkManifest('package.json', manifest);
  if (JSON.stringify(manifest.workspaces) !== '["packages/*"]') {
    findings.push(`package.json: workspaces are ${JSON.stringify(manifest.workspaces)}. Write ["packages/*"].`);
  }
  return findings;
}

function checkWorkspace(folder, manifest) {
  const where = `packages/${folder}/package.json`;
  const findings = checkManifest(where, manifest);
  if (manifest.name !== `@infra/${folder}`) {
    findings.push(`${where}: its name is "${manifest.name}", in the place of a package's. Write "@infra/${folder}".`);
  }
  return findings;
}

/** Findings on a package of the lock file, which npm installs from the registry. */
function checkInstalled(path, installed) {
  const [, name] = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(path) ?? [];
  if (name === undefined) return ['is neither a package of the registry nor a workspace.'];
  if (installed.resolved !== undefined || installed.link !== undefined) {
    return [`comes from "${installed.resolved}", not from the registry.`];
  }
  const findings = [];
  if (!VERSION.test(installed.version)) {
    findings.push(`has "${installed.version}" for a version.`);
  }
  if (installed.name !== undefined && installed.name !== name && installed.name !== ALIASES[name]) {
    findings.push(
      `is another package, "${installed.name}". If that is meant, add it to ALIASES in .ci/check-packages.js.`,
    );
  }
  if (!CHECKSUM.test(installed.integrity) && installed.inBundle !== true) {
    findings.push(`has no checksum of SHA-512, but "${installed.integrity}".`);
  }
  if (installed.hasShrinkwrap !== undefined) {
    findings.push('brings a lock file of its own, which npm would follow.');
  }
  return findings;
}

function isWorkspaceLink(path, { link, resolved }) {
  const [, folder] = /^node_modules\/@infra\/([\w-]+)$/.exec(path) ?? [];
  return folder !== undefined && link === true && resolved === `packages/${folder}`;
}

function checkLock(lock) {
  const findings = [];
  if (lock.lockfileVersion !== 3 || lock.dependencies !== undefined) {
    findings.push('package-lock.json is not of lockfileVersion 3 alone. Make it with: npm install');
  }
  for (const [path, installed] of Object.entries(lock.packages)) {
    const where = `package-lock.json: ${path || 'the root'}`;
    findings.push(...checkDependencies(where, installed));
    const isWorkspace = path === '' || /^packages\/[\w-]+$/.test(path);
    if (isWorkspace || isWorkspaceLink(path, installed)) continue;
    findings.push(...checkInstalled(path, installed).map((finding) => `${where} ${finding}`));
  }
  return findings;
}

function checkSettings(text) {
  const lines = text.split('\n').map((line) => line.trim());
  const settings = lines.filter((line) => line !== '' && !/^[#;]/.test(line));
  return settings
    .filter((line) => !SETTINGS.includes(line))
    .map((line) => `.npmrc: "${line}" is none of ${SETTINGS.join(', ')}.`);
}

/** Findings on the files of a repository that decide what npm installs. */
function check(root) {
  const read = (file) => readFileSync(join(root, file), 'utf8');
  const readJson = (file) => JSON.parse(read(file));
  const workspaces = readdirSync(join(root, 'packages')).filter((folder) =>
    existsSync(join(root, 'packages', folder, 'package.json')),
  );
  const findings = [
    ...checkSettings(read('.npmrc')),
    ...checkRoot(readJson('package.json')),
    ...workspaces.flatMap((folder) => checkWorkspace(folder, readJson(`packages/${folder}/package.json`))),
    ...checkLock(readJson('package-lock.json')),
  ];
  if (existsSync(join(root, 'npm-shrinkwrap.json'))) {
    findings.push('npm-shrinkwrap.json: npm would install what it says, not package-lock.json. Take it out.');
  }
  return findings;
}

/** Findings on a repository. That it cannot be checked is one. */
function findingsOn(root) {
  try {
    return check(root);
  } catch (error) {
    return [`The packages cannot be checked: ${error.message}`];
  }
}

function main() {
  const [root = '.'] = process.argv.slice(2);
  const findings = findingsOn(root);
  for (const finding of findings) console.error(finding);
  process.exitCode = findings.length > 0 ? 1 : 0;
}

module.exports = { findingsOn };

if (require.main === module) main();
