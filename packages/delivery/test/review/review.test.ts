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

it('ends with 1 if data would be lost, and says what accepts it', () => {
  const { status, stdout } = runReview(assembly(true), assembly(false));
  expect(stdout).toMatch(/^Database \(AWS::RDS::DBInstance\) in ProoflinkProd: /);
  expect(stdout.replace(/\s+/g, ' ')).toContain('unless the pull request has the label allow-destructive.');
  expect(status).toBe(1);
}, 30_000);
