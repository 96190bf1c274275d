import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeTemporaryFolder, removeOwnPath } from '@infra/common/own-paths';
import { ROOT } from '../github/workflow';

interface Package {
  [field: string]: unknown;
  dependencies?: Record<string, string>;
}

/** The files that decide what npm installs, parsed. */
interface Files {
  readonly lock: { [field: string]: unknown; packages: Record<string, Package> };
  readonly root: Package;
  readonly deployJobs: Package;
  /** Other files, by their paths. */
  readonly texts: Record<string, string>;
}

const CHECK = join(ROOT, '.ci/check-packages.js');
const COMMANDER = 'node_modules/commander';

const paths = [
  '.npmrc',
  'package.json',
  'package-lock.json',
  ...readdirSync(join(ROOT, 'packages')).map((folder) => `packages/${folder}/package.json`),
];

const { findingsOn } = jest.requireActual<{ findingsOn: (folder: string) => string[] }>(CHECK);

/** A copy of this repository's files after a change. */
function copyAfter(change: (files: Files) => void): string {
  const folder = makeTemporaryFolder('check-packages-');
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  for (const path of paths) cpSync(join(ROOT, path), join(folder, path), { recursive: true });
  const read = (path: string) => JSON.parse(readFileSync(join(folder, path), 'utf8')) as unknown;
  const files: Files = {
    lock: read('package-lock.json') as Files['lock'],
    root: read('package.json') as Package,
    deployJobs: read('packages/deploy-jobs/package.json') as Package,
    texts: {},
  };
  change(files);
  write('package-lock.json', JSON.stringify(files.lock));
  write('package.json', JSON.stringify(files.root));
  write('packages/deploy-jobs/package.json', JSON.stringify(files.deployJobs));
  for (const [path, text] of Object.entries(files.texts)) write(path, text);
  return folder;
}

/** Findings on a copy of this repository's files after a change. */
function check(change: (files: Files) => void): string[] {
  const folder = copyAfter(change);
  const findings = findingsOn(folder);
  removeOwnPath(folder);
  return findings;
}

test('this repository’s packages come from the registry, or are its workspaces', () => {
  const { status, stderr } = spawnSync(CHECK, [ROOT], { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

test('a finding ends the workflow before npm installs anything: the exit code is 1', () => {
  const folder = copyAfter(({ root }) => {
    root['overrides'] = {};
  });
  const { status, stderr } = spawnSync(CHECK, [folder], { encoding: 'utf8' });
  removeOwnPath(folder);
  expect(status).toBe(1);
  expect(stderr).toMatch(/^package\.json has overrides, .+\n$/);
});

interface Attempt {
  readonly title: string;
  readonly change: (files: Files) => void;
  readonly finding: string;
}

/** Each was seen to be installed by `npm ci`, or is another way to the same. */
const ATTEMPTS: readonly Attempt[] = [
  {
    title: 'a lock file that npm prefers',
    change: ({ texts, lock }) => {
      texts['npm-shrinkwrap.json'] = JSON.stringify(lock);
    },
    finding: 'npm-shrinkwrap.json: npm would install what it says, not package-lock.json.',
  },
  {
    title: 'an archive among the pages, named in the lock file alone',
    change: ({ lock }) => {
      lock.packages[COMMANDER] = { ...lock.packages[COMMANDER], resolved: 'file:docs/images/logo.tgz' };
    },
    finding: `package-lock.json: ${COMMANDER} comes from "file:docs/images/logo.tgz"`,
  },
  {
    title: 'an address for a version',
    change: ({ lock }) => {
      lock.packages[COMMANDER] = { ...lock.packages[COMMANDER], version: 'https://example.com/commander.tgz' };
    },
    finding: `package-lock.json: ${COMMANDER} has "https://example.com/commander.tgz" for a version.`,
  },
  {
    title: 'another package of the registry under its name',
    change: ({ lock }) => {
      lock.packages['node_modules/lines-and-columns'] = {
        ...lock.packages['node_modules/lines-and-columns'],
        name: 'etag',
      };
    },
    finding: 'package-lock.json: node_modules/lines-and-columns is another package, "etag".',
  },
  {
    title: 'a package without a checksum',
    change: ({ lock }) => {
      lock.packages[COMMANDER] = { version: '14.0.3' };
    },
    finding: `package-lock.json: ${COMMANDER} has no checksum of SHA-512, but "undefined".`,
  },
  {
    title: 'a package with a lock file of its own',
    change: ({ lock }) => {
      lock.packages[COMMANDER] = { ...lock.packages[COMMANDER], hasShrinkwrap: true };
    },
    finding: `package-lock.json: ${COMMANDER} brings a lock file of its own`,
  },
  {
    title: 'a link to a folder that is no workspace',
    change: ({ lock }) => {
      lock.packages[COMMANDER] = { resolved: 'docs/commander', link: true };
    },
    finding: `package-lock.json: ${COMMANDER} comes from "docs/commander"`,
  },
  {
    title: 'that folder itself',
    change: ({ lock }) => {
      lock.packages['docs/commander'] = { name: 'commander', version: '14.0.3' };
    },
    finding: 'package-lock.json: docs/commander is neither a package of the registry nor a workspace.',
  },
  {
    title: 'a workspace that takes a package’s name in the lock file',
    change: ({ lock }) => {
      lock.packages[COMMANDER] = { resolved: 'packages/common', link: true };
    },
    finding: `package-lock.json: ${COMMANDER} comes from "packages/common"`,
  },
  {
    title: 'a workspace that takes one in its manifest',
    change: ({ deployJobs }) => {
      deployJobs['name'] = 'commander';
    },
    finding: 'packages/deploy-jobs/package.json: its name is "commander", in the place of a package\'s.',
  },
  {
    title: 'more folders of workspaces',
    change: ({ root }) => {
      root['workspaces'] = ['packages/*', 'docs/*'];
    },
    finding: 'package.json: workspaces are ["packages/*","docs/*"].',
  },
  {
    title: 'an archive in the manifest, beside an untouched lock file',
    change: ({ root }) => {
      root.dependencies = { ...root.dependencies, commander: 'file:docs/images/logo.tgz' };
    },
    finding: 'package.json: commander is "file:docs/images/logo.tgz".',
  },
  {
    title: 'an archive without a folder',
    change: ({ root }) => {
      root.dependencies = { ...root.dependencies, commander: 'logo.tgz' };
    },
    finding: 'package.json: commander is "logo.tgz".',
  },
  {
    title: 'a repository of GitHub',
    change: ({ deployJobs }) => {
      deployJobs.dependencies = { ...deployJobs.dependencies, commander: 'somebody/commander' };
    },
    finding: 'packages/deploy-jobs/package.json: commander is "somebody/commander".',
  },
  {
    title: 'an alias in the manifest',
    change: ({ root }) => {
      root.dependencies = { ...root.dependencies, commander: 'npm:etag@1.8.1' };
    },
    finding: 'package.json: commander is "npm:etag@1.8.1".',
  },
  {
    title: 'an address as another package’s dependency',
    change: ({ lock }) => {
      const sucrase = lock.packages['node_modules/sucrase'];
      lock.packages['node_modules/sucrase'] = {
        ...sucrase,
        dependencies: { ...sucrase?.dependencies, commander: 'git+ssh://example.com/commander.git' },
      };
    },
    finding: 'package-lock.json: node_modules/sucrase: commander is "git+ssh://example.com/commander.git".',
  },
  {
    title: 'overrides',
    change: ({ root }) => {
      root['overrides'] = { commander: '1.0.0' };
    },
    finding: "package.json has overrides, which change other packages' dependencies.",
  },
  {
    title: 'a lock file in the form of npm 6, whose versions are addresses',
    change: ({ lock }) => {
      lock['dependencies'] = { commander: { version: 'file:docs/images/logo.tgz' } };
    },
    finding: 'package-lock.json is not of lockfileVersion 3 alone.',
  },
  {
    title: 'another registry',
    change: ({ texts }) => {
      texts['.npmrc'] = 'ignore-scripts=true\nregistry=https://example.com/\n';
    },
    finding: '.npmrc: "registry=https://example.com/" is none of audit=false, fund=false',
  },
  {
    title: 'another registry for one scope',
    change: ({ texts }) => {
      texts['.npmrc'] = '@aws-sdk:registry = https://example.com/';
    },
    finding: '.npmrc: "@aws-sdk:registry = https://example.com/" is none of',
  },
  {
    title: 'install scripts',
    change: ({ texts }) => {
      texts['.npmrc'] = 'ignore-scripts=false';
    },
    finding: '.npmrc: "ignore-scripts=false" is none of',
  },
  {
    title: 'a link, or anything else, in the place of the lock file',
    change: ({ texts }) => {
      texts['package-lock.json'] = '../elsewhere';
    },
    finding: 'The packages cannot be checked: ',
  },
];

test.each(ATTEMPTS)('$title is refused before npm installs it', ({ change, finding }) => {
  expect(check(change)).toEqual([expect.stringContaining(finding)]);
});

test('every finding is reported, not the first alone', () => {
  const findings = check(({ root, texts }) => {
    root['overrides'] = {};
    texts['.npmrc'] = 'registry=https://example.com/';
  });
  expect(findings).toHaveLength(2);
});
