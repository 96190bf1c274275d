import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { removeOwnPath } from '@infra/common/own-paths';
import { outcomeOf } from '@infra/common/outcome';
import { temporaryFolder } from '@infra/common/testing';
import { runDigest } from '../../../../tools/workflows/deploy/digest';

const root = temporaryFolder('digest-');
const original = join(root, 'cdk.out');
mkdirSync(join(original, 'asset.1'), { recursive: true });
writeFileSync(join(original, 'manifest.json'), '{}');
writeFileSync(join(original, 'asset.1', '.hidden'), 'x');
const digest = runDigest(original, undefined).stdout.trim();

let copies = 0;
/** Compares a changed copy with the digest of the original. */
function compareCopy(change: (copy: string) => void = () => undefined) {
  const copy = join(root, `copy-${(copies += 1)}`);
  cpSync(original, copy, { recursive: true });
  change(copy);
  return runDigest(copy, digest);
}

test('a copy of a folder has its digest', () => {
  expect(digest).toMatch(/^[0-9a-f]{64}$/);
  expect(compareCopy()).toEqual({ exitCode: 0, stdout: `${digest}\n`, stderr: '' });
});

test.each<{ title: string; change: (copy: string) => void }>([
  {
    title: 'a changed file',
    change: (copy) => {
      writeFileSync(join(copy, 'manifest.json'), '{ }');
    },
  },
  {
    title: 'one more',
    change: (copy) => {
      writeFileSync(join(copy, 'asset.1', 'y'), '');
    },
  },
  {
    title: 'one less, though hidden',
    change: (copy) => {
      removeOwnPath(join(copy, 'asset.1', '.hidden'));
    },
  },
  {
    title: 'another name',
    change: (copy) => {
      removeOwnPath(join(copy, 'manifest.json'));
      writeFileSync(join(copy, 'Manifest.json'), '{}');
    },
  },
])('with $title a folder has another digest: it is not what was reviewed', ({ change }) => {
  const { exitCode, stderr } = compareCopy(change);
  expect(exitCode).toBe(1);
  expect(stderr).toContain(`not ${digest}: another job`);
});

test('a name with a newline in it does not stand for two files', () => {
  const one = join(root, 'one');
  const two = join(root, 'two');
  for (const folder of [one, two]) mkdirSync(folder);
  writeFileSync(join(two, 'a'), '');
  writeFileSync(join(two, 'b'), '');
  const hashOfNothing = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
  writeFileSync(join(one, `a\n${hashOfNothing}  b`), '');
  expect(runDigest(one, undefined).stdout).not.toBe(runDigest(two, undefined).stdout);
});

test('what is no folder has no digest', async () => {
  const { exitCode, stderr } = await outcomeOf(() => runDigest('nowhere', undefined));
  expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: 'nowhere is not a directory.\n' });
});

test('a symbolic link that leads nowhere has no digest: it is named, with what to do', async () => {
  const folder = join(root, 'linked');
  mkdirSync(folder);
  symlinkSync('gone', join(folder, 'link'));
  const { exitCode, stderr } = await outcomeOf(() => runDigest(folder, undefined));
  expect(exitCode).toBe(2);
  expect(stderr).toBe(
    `${join(folder, 'link')} is a symbolic link that leads nowhere, so that its folder has no digest. ` +
      'Delete the link, or create the file to which it leads.\n',
  );
});

test('a symbolic link to a file has the digest of a copy of the file', () => {
  const linked = join(root, 'link-to-file');
  const copied = join(root, 'copied-file');
  for (const folder of [linked, copied]) mkdirSync(folder);
  symlinkSync(join(original, 'manifest.json'), join(linked, 'file'));
  cpSync(join(original, 'manifest.json'), join(copied, 'file'));
  expect(runDigest(linked, undefined).stdout).toBe(runDigest(copied, undefined).stdout);
});
