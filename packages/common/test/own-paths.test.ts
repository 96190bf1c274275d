import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { makeTemporaryFolder, removalAdvice, removeOwnPath, renewCache } from '../src/own-paths';

const own = makeTemporaryFolder('own-');
afterAll(() => {
  removeOwnPath(own);
});

const file = (...names: string[]): string => {
  const path = join(own, ...names);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, '');
  return path;
};

/** Runs a program with these functions whose folder for temporary files is `own`, unless another one is given. */
function program(body: string, TMPDIR = own) {
  const args = [
    '-r',
    resolve('packages/common/register.js'),
    '-e',
    `const own = require('@infra/common/own-paths'); ${body}`,
  ];
  return spawnSync(process.execPath, args, { env: { PATH: process.env['PATH'], TMPDIR }, encoding: 'utf8' });
}

test('a folder that this process made is removed once, with what is in it', () => {
  const folder = makeTemporaryFolder('made-', own);
  expect(basename(folder)).toMatch(new RegExp(`^made-${process.pid}-\\w{6}$`));
  removeOwnPath(file(basename(folder), 'deep', 'file'));
  expect(readdirSync(join(folder, 'deep'))).toEqual([]);
  removeOwnPath(folder);
  expect(existsSync(folder)).toBe(false);
});

describe('nothing else is removed', () => {
  // In a process whose folder for temporary files is this test's own: if nothing is refused, no more than that is lost.
  it.each([
    { title: 'what is around a folder of this process', path: 'tmpdir()' },
    { title: 'what is beside one', path: '`${folder}-beside`' },
    { title: 'what a path leads to by two dots', path: "join(folder, 'x') + '/../..'" },
    { title: 'what it leads to by a symbolic link', path: "join(folder, 'link', basename(tmpdir()))" },
  ])('not $title', ({ path }) => {
    const TMPDIR = makeTemporaryFolder('around-', own);
    const { stderr, status } = program(
      `const { basename, dirname, join } = require('node:path'); const { tmpdir } = require('node:os');
      const folder = own.makeTemporaryFolder('x-'); require('node:fs').mkdirSync(folder + '-beside');
      require('node:fs').symlinkSync(dirname(tmpdir()), join(folder, 'link')); own.removeOwnPath(${path})`,
      TMPDIR,
    );
    expect([stderr, status]).toEqual([expect.stringContaining('this process did not make it'), 1]);
    expect(readdirSync(TMPDIR)).toEqual([expect.stringMatching(/-beside$/)]);
  });

  it('a symbolic link is removed, and not what it leads to', () => {
    const inner = makeTemporaryFolder('inner-', own);
    const kept = file('kept', 'file');
    symlinkSync(dirname(kept), join(inner, 'link'));
    removeOwnPath(join(inner, 'link'));
    expect([existsSync(join(inner, 'link')), existsSync(kept)]).toEqual([false, true]);
  });

  it('not what another process made', () => {
    const { stdout } = program("process.stdout.write(require('fs').mkdtempSync(require('os').tmpdir() + '/other-'))");
    const { stderr, status } = program(`own.makeTemporaryFolder('x-'); own.removeOwnPath(${JSON.stringify(stdout)})`);
    expect([stderr, status]).toEqual([expect.stringContaining('this process did not make it'), 1]);
    expect(existsSync(stdout)).toBe(true);
  });
});

describe('a process that ends removes its temporary folders', () => {
  it.each([
    { title: 'by itself', end: '' },
    { title: 'by an error', end: "throw new Error('wrong')" },
    { title: 'by Ctrl-C', end: "process.kill(process.pid, 'SIGINT'); setInterval(() => {}, 1000)" },
  ])('$title', ({ end }) => {
    const { stdout } = program(`process.stdout.write(own.makeTemporaryFolder('ending-')); ${end}`);
    expect(basename(stdout)).toMatch(/^ending-/);
    expect(existsSync(stdout)).toBe(false);
  });
});

test('the folder of a process that was killed is named by the next one, others are not', () => {
  const make = "process.stdout.write(own.makeTemporaryFolder('killed-'))";
  const { stdout: left } = program(`${make}; process.kill(process.pid, 'SIGKILL')`);
  makeTemporaryFolder('killed-', own);
  file('killed-by-a-stranger', 'file');
  const { stdout } = program(
    "process.stdout.write(own.killedRunsAdvice('killed-') + String(own.killedRunsAdvice('others-')))",
  );
  expect(stdout).toMatch(/files behind\. To remove it: rm -r \S+undefined$/);
  expect(stdout).toContain(left);
});

describe('a cache', () => {
  it('outlives its process, and is made anew by another one', () => {
    const cache = JSON.stringify(join(own, 'caches', 'python'));
    expect(program(`own.renewCache(${cache})`).status).toBe(0);
    file('caches', 'python', 'old');
    expect(program(`own.renewCache(${cache})`).status).toBe(0);
    expect(readdirSync(join(own, 'caches', 'python'))).toEqual(['.own-cache']);
  });

  it('is refused, and stays, where the folder has no mark, or that of another folder', () => {
    const marked = join(own, 'marked');
    const copy = join(own, 'copy');
    renewCache(marked);
    cpSync(marked, copy, { recursive: true });
    for (const folder of [copy, dirname(file('unmarked', 'file'))]) {
      expect(() => {
        renewCache(folder);
      }).toThrow(`${folder} is no cache that was made here, and is left alone. ${removalAdvice(folder)}`);
      expect(readdirSync(folder)).toHaveLength(1);
    }
  });
});

test('a folder for temporary files that is missing is named, with what to do', () => {
  const { stderr } = program("own.makeTemporaryFolder('x-')", join(own, 'missing'));
  expect(stderr).toContain(`No temporary folder can be made in ${join(own, 'missing')} (ENOENT): set TMPDIR to`);
});
