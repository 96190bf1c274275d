import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { runDiffReview } from '../../../tools/diff-review/run';
import { review, writeAssembly } from './support/assemblies';

const database = (StorageEncrypted: boolean, long: string) => ({
  Type: 'AWS::RDS::DBInstance',
  Metadata: { 'aws:cdk:path': `ProoflinkProd/${'Deep/'.repeat(30)}Database/Resource` },
  Properties: { StorageEncrypted, DBInstanceClass: long },
});
const assembly = (encrypted: boolean, long: string) =>
  writeAssembly({ stacks: { ProoflinkProd: { resources: { Database: database(encrypted, long) } } } });
const base = assembly(true, `${'x'.repeat(500)}one`);
const head = assembly(false, `${'x'.repeat(500)}two`);

it('fits 80 columns, without colour', () => {
  const { stdout } = review(base, head);
  expect(stdout).toContain('1 finding at risk in ProoflinkProd.');
  expect(stdout).toContain('  StorageEncrypted: true → false (replaces)\n');
  expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  expect(stdout).not.toContain('\u001b');
});

it('colours what is at risk on a terminal that has colours', () => {
  const { stdout } = runDiffReview(base, head, {}, { columns: 100, colour: true });
  expect(stdout).toContain('\u001b[31mAt risk');
});

it('never lets a template drive the terminal', () => {
  const hostile = assembly(true, '\u001b]0;owned\u0007\u001b[2J\u202e\r');
  const { stdout } = review(base, hostile);
  expect(stdout).toContain('owned\\u{7}');
  expect(stdout).toContain('\\u{202e}\\u{d}');
  for (const character of ['\u001b', '\u0007', '\u202e', '\r']) expect(stdout).not.toContain(character);
});

it('shows where two long values begin to differ', () => {
  const { stdout } = review(base, head, '--markdown');
  expect(stdout).toMatch(/`DBInstanceClass`: `… x{10,}one … \(503 characters in all\)` → `… x{10,}two …/);
});

it.each([
  ['data at risk', 1, [base, head], 'stdout', /^1 finding at risk/],
  ['nothing at risk', 0, [base, base], 'stdout', /^No change\.$/m],
  ['could not tell', 2, [base, 'nowhere'], 'stderr', /^nowhere is not a directory/],
] as const)(
  'as a program: %s exits with %i',
  (_case, status, args, stream, text) => {
    const repository = join(__dirname, '../../..');
    const program = spawnSync('node', ['-r', './bin/register.js', 'tools/prooflink.ts', 'review', ...args], {
      cwd: repository,
      encoding: 'utf8',
    });
    expect(program[stream]).toMatch(text);
    expect(program.status).toBe(status);
  },
  30_000,
);
