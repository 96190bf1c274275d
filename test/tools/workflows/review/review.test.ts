import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { writeAssembly } from '@infra/change-review/testing';

const assembly = (StorageEncrypted: boolean) => {
  const database = { Type: 'AWS::RDS::DBInstance', Properties: { StorageEncrypted } };
  return writeAssembly({ stacks: { ProoflinkProd: { resources: { Database: database } } } });
};
const [base, head] = [assembly(true), assembly(false)];

it.each([
  ['data at risk', 1, [base, head], 'stdout', /^1 finding at risk/],
  ['could not tell', 2, [base, 'nowhere'], 'stderr', /^nowhere is not a directory/],
] as const)(
  'as a program: %s exits with %i',
  (_case, status, args, stream, text) => {
    const program = spawnSync('node', ['-r', './tools/register.js', 'tools/prooflink.ts', 'review', ...args], {
      cwd: join(__dirname, '../../../..'),
      encoding: 'utf8',
    });
    expect(program[stream]).toMatch(text);
    expect(program.status).toBe(status);
  },
  30_000,
);
