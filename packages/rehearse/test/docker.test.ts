import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '@infra/testing/prooflink';

const LOCAL = join(ROOT, 'packages/local');

it('the sample’s Dockerfile installs the versions that its programs have here, and has both targets', () => {
  const dockerfile = readFileSync(join(LOCAL, 'src/sample-app/Dockerfile'), 'utf8');
  const manifest = readFileSync(join(LOCAL, 'package.json'), 'utf8');
  const installed = [...dockerfile.matchAll(/^ {2}(\S+)@([\d.]+)/gm)].map(
    ([, name, version]) => `"${name}": "${version}"`,
  );
  expect(installed).toHaveLength(4);
  expect(installed.filter((dependency) => !manifest.includes(dependency))).toEqual([]);
  expect(dockerfile.match(/^FROM base AS \w+$/gm)).toEqual(['FROM base AS web', 'FROM base AS batch']);
});
