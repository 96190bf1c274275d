import { cpSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { removeMade } from '@infra/common/own-paths';
import { runDigest } from '../../../tools/deploy/digest';
import { outcomeOf } from '@infra/common/outcome';
import { temporaryFolder } from '@infra/common/testing';

const root = temporaryFolder('digest-');
const original = join(root, 'cdk.out');
mkdirSync(join(original, 'asset.1'), { recursive: true });
writeFileSync(join(original, 'manifest.json'), '{}');
writeFileSync(join(original, 'asset.1', '.hidden'), 'x');
const digest = runDigest(original, undefined).stdout.trim();
let copies = 0;
const compared = (change: (directory: string) => void) => {
  const copy = join(root, `copy-${(copies += 1)}`);
  cpSync(original, copy, { recursive: true });
  change(copy);
  return runDigest(copy, digest);
};

it('a copy of an assembly has its digest', () => {
  expect(digest).toMatch(/^[0-9a-f]{64}$/);
  expect(compared(() => undefined)).toEqual({ exitCode: 0, stdout: `${digest}\n`, stderr: '' });
});

it.each<[string, (directory: string) => void]>([
  [
    'a changed file',
    (copy) => {
      writeFileSync(join(copy, 'manifest.json'), '{ }');
    },
  ],
  [
    'one more',
    (copy) => {
      writeFileSync(join(copy, 'asset.1', 'y'), '');
    },
  ],
  [
    'one less, though hidden',
    (copy) => {
      removeMade(join(copy, 'asset.1', '.hidden'));
    },
  ],
  [
    'another name',
    (copy) => {
      renameSync(join(copy, 'manifest.json'), join(copy, 'Manifest.json'));
    },
  ],
])('%s is another assembly', (_, change) => {
  const { exitCode, stderr } = compared(change);
  expect(exitCode).toBe(1);
  expect(stderr).toContain(`not ${digest}: it is not the one that was synthesized.`);
});

it('of no folder there is none', async () => {
  expect(await outcomeOf(() => runDigest('nowhere', undefined))).toMatchObject({
    exitCode: 2,
    stderr: 'nowhere is not a directory.\n',
  });
});
