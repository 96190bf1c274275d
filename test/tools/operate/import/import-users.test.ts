import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@infra/common/testing';
import { runImport } from '../../../../tools/operate/import/import-users';
import { answerCommands } from '../../support/answer-commands';

const users = join(temporaryFolder('import-'), 'users.csv');
writeFileSync(users, 'email,name\nann@example.com,Ann\n');
const resources = ['AWS::RDS::DBInstance', 'AWS::Batch::JobQueue', 'AWS::Batch::JobDefinition'].map((type) => ({
  ResourceType: type,
  LogicalResourceId: type,
  PhysicalResourceId: type,
  ResourceStatus: 'CREATE_COMPLETE',
}));
const STACK = {
  DescribeStacks: { Stacks: [{ StackName: 'ProoflinkDev', StackStatus: 'CREATE_COMPLETE' }] },
  ListStackResources: { StackResourceSummaries: resources },
};

beforeEach(() => jest.spyOn(console, 'log').mockReturnValue());
afterEach(() => jest.restoreAllMocks());

test.each([
  { DBInstanceStatus: 'stopping', remedy: 'npm run prooflink -- start dev' },
  { DBInstanceStatus: 'stopped', remedy: 'npm run prooflink -- start dev' },
  { DBInstanceStatus: 'starting', remedy: 'wait until it is available' },
  { DBInstanceStatus: 'storage-full', remedy: 'raise database.allocatedStorage' },
])('while the database is $DBInstanceStatus no job is begun', async ({ DBInstanceStatus, remedy }) => {
  const asked = answerCommands({ ...STACK, DescribeDBInstances: { DBInstances: [{ DBInstanceStatus }] } });
  await expect(runImport('dev', { csvPath: users })).rejects.toThrow(
    `The database is ${DBInstanceStatus}: the import would find none. First: ${remedy}`,
  );
  expect(Object.keys(asked)).not.toContain('SubmitJob');
});

test.each([
  [undefined, 1],
  [0, 1],
  [3, 3],
])('a job that failed with the exit code %s ends the command with %i', async (exitCode, ends) => {
  const job = { status: 'FAILED', container: { exitCode } };
  answerCommands({ ...STACK, DescribeJobs: { jobs: [job] } });
  expect(await runImport('dev', { jobId: 'job' })).toBe(ends);
});
