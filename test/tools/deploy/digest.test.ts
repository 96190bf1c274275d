import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
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
/** Compares a copy in which a file is gone, and one is written. */
const compared = (gone?: string, written?: string, content = '') => {
  const copy = join(root, `copy-${(copies += 1)}`);
  cpSync(original, copy, { recursive: true });
  if (gone) removeMade(join(copy, gone));
  if (written) writeFileSync(join(copy, written), content);
  return runDigest(copy, digest);
};

it('a copy of an assembly has its digest', () => {
  expect(digest).toMatch(/^[0-9a-f]{64}$/);
  expect(compared()).toEqual({ exitCode: 0, stdout: `${digest}\n`, stderr: '' });
});

it.each<[string, ...Parameters<typeof compared>]>([
  ['a changed file', undefined, 'manifest.json', '{ }'],
  ['one more', undefined, 'asset.1/y'],
  ['one less, though hidden', 'asset.1/.hidden'],
  ['another name', 'manifest.json', 'Manifest.json', '{}'],
])('%s is another assembly', (...[, gone, written, content]) => {
  const { exitCode, stderr } = compared(gone, written, content);
  expect(exitCode).toBe(1);
  expect(stderr).toContain(`not ${digest}: it is not the one that was synthesized.`);
});

it('of no folder there is none', async () => {
  expect(await outcomeOf(() => runDigest('nowhere', undefined))).toMatchObject({
    exitCode: 2,
    stderr: 'nowhere is not a directory.\n',
  });
});
