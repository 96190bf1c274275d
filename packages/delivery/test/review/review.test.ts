import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { writeAssembly } from '@infra/change-review/testing';

const assembly = (isEncrypted: boolean) => {
  const database = { Type: 'AWS::RDS::DBInstance', Properties: { StorageEncrypted: isEncrypted } };
  return writeAssembly({ stacks: { ProoflinkProd: { resources: { Database: database } } } });
};

/** Runs the command `review` as a program of its own. */
function runReview(base: string, head: string) {
  return spawnSync(
    'node',
    ['-r', './packages/common/register.js', 'packages/commands/src/prooflink.ts', 'review', base, head],
    {
      cwd: join(__dirname, '../../../..'),
      encoding: 'utf8',
    },
  );
}

it('ends with 1 for data at risk', () => {
  const { status, stdout } = runReview(assembly(true), assembly(false));
  expect(stdout).toMatch(/^1 finding at risk/);
  expect(status).toBe(1);
}, 30_000);
