import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '@infra/testing/prooflink';

it('the sample’s Dockerfile installs the versions that its programs have here, and has both targets', () => {
  const dockerfile = readFileSync(join(ROOT, 'packages/local/src/sample-app/Dockerfile'), 'utf8');
  const manifest = readFileSync(join(ROOT, 'packages/local/package.json'), 'utf8');
  const { dependencies: versions } = JSON.parse(manifest) as {
    readonly dependencies: Readonly<Record<string, string>>;
  };
  const installed = [...dockerfile.matchAll(/^ {2}(\S+)@([\d.]+)/gm)].map(([, name = '', version]) => ({
    name,
    version,
  }));
  expect(installed).toHaveLength(4);
  expect(installed).toEqual(installed.map(({ name }) => ({ name, version: versions[name] })));
  expect(dockerfile.match(/^FROM base AS \w+$/gm)).toEqual(['FROM base AS web', 'FROM base AS batch']);
});
