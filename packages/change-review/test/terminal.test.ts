import { runDiffReview } from '../src/review';
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
  expect(stdout).toContain('In all: 1 with data lost or less protected.\n');
  expect(stdout).toContain('  StorageEncrypted: true → false (replaces)\n');
  expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  expect(stdout).not.toContain('\u001b');
});

it('colours what is at risk on a terminal that has colours', () => {
  const { stdout } = runDiffReview(base, head, {}, { columns: 100, colour: true });
  expect(stdout).toContain('\u001b[31mData lost');
});

it('never lets a template drive the terminal', () => {
  const hostile = assembly(true, '\u001b]0;owned\u0007\u001b[2J\u202e\r');
  const { stdout } = review(base, hostile);
  expect(stdout).toContain('owned\\u{7}');
  expect(stdout).toContain('\\u{202e}\\u{d}');
  for (const character of ['\u001b', '\u0007', '\u202e', '\r']) expect(stdout).not.toContain(character);
});

it('shows where two long values begin to differ', () => {
  const { stdout } = review(base, head, { markdown: true });
  expect(stdout).toMatch(/`DBInstanceClass`: `… x{10,}one …` \(503 characters in all\) → `… x{10,}two …/);
});
