import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { removeOwnPath } from '@infra/common/own-paths';
import { outcomeOf } from '@infra/common/outcome';
import { temporaryFolder } from '@infra/common/testing';
import { runDigest } from '../../../workflows/deploy/digest';

const root = temporaryFolder('digest-');

/** Digest of a folder, which is compared with no other. */
function digestOf(folder: string): string {
  return runDigest(folder, undefined).stdout.trim();
}

/** The assembly that one job of a workflow uploads: its digest is compared where another job deploys it. */
const original = join(root, 'cdk.out');
mkdirSync(join(original, 'asset.1'), { recursive: true });
writeFileSync(join(original, 'manifest.json'), '{}');
writeFileSync(join(original, 'asset.1', '.hidden'), 'x');
const digest = digestOf(original);

let copies = 0;

function copyOriginal(): string {
  copies += 1;
  const copy = join(root, `copy-${copies}`);
  cpSync(original, copy, { recursive: true });
  return copy;
}

test('the digest of a folder is a SHA-256', () => {
  expect(digest).toMatch(/^[0-9a-f]{64}$/);
});

test('an unchanged copy has the digest of the original: a downloaded artifact may be deployed', () => {
  expect(runDigest(copyOriginal(), digest)).toEqual({ exitCode: 0, stdout: `${digest}\n`, stderr: '' });
});

test.each<{ title: string; change: (copy: string) => void }>([
  {
    title: 'a file whose content has changed',
    change: (copy) => {
      writeFileSync(join(copy, 'manifest.json'), '{ }');
    },
  },
  {
    title: 'a further file',
    change: (copy) => {
      writeFileSync(join(copy, 'asset.1', 'further'), '');
    },
  },
  {
    title: 'a hidden file missing',
    change: (copy) => {
      removeOwnPath(join(copy, 'asset.1', '.hidden'));
    },
  },
  {
    title: 'a file renamed',
    change: (copy) => {
      removeOwnPath(join(copy, 'manifest.json'));
      // Its place in the sorted list stays: only its name differs.
      writeFileSync(join(copy, 'manifest.json5'), '{}');
    },
  },
])('a copy with $title is refused: the deploy would be another one than was reviewed', ({ change }) => {
  const copy = copyOriginal();
  change(copy);
  const { exitCode, stderr } = runDigest(copy, digest);
  expect(exitCode).toBe(1);
  expect(stderr).toContain(`not ${digest}: another job`);
});

test('one file whose name imitates the entries of two has another digest than the two: they could be exchanged', () => {
  const twoFiles = join(root, 'two-files');
  mkdirSync(twoFiles);
  writeFileSync(join(twoFiles, 'a'), '');
  writeFileSync(join(twoFiles, 'b'), '');
  const imitation = join(root, 'imitation');
  mkdirSync(imitation);
  // In a list as sha256sum prints it, this file's entry would be the two of the files above.
  const hashOfEmptyFile = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
  writeFileSync(join(imitation, `a\n${hashOfEmptyFile}  b`), '');
  expect(digestOf(imitation)).not.toBe(digestOf(twoFiles));
});

test('a path that is no folder has no digest: exit code 2', async () => {
  const { exitCode, stderr } = await outcomeOf(() => runDigest('nowhere', undefined));
  expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: 'nowhere is not a directory.\n' });
});

test('a folder with a symbolic link that leads nowhere has no digest: the link is named, with what to do', async () => {
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

test('a symbolic link to a file has the digest of a copy: actions/upload-artifact uploads the file in its place', () => {
  const linked = join(root, 'link-to-file');
  const copied = join(root, 'copied-file');
  for (const folder of [linked, copied]) mkdirSync(folder);
  symlinkSync(join(original, 'manifest.json'), join(linked, 'file'));
  cpSync(join(original, 'manifest.json'), join(copied, 'file'));
  expect(digestOf(linked)).toBe(digestOf(copied));
});
