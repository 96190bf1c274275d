import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { localEnvironment } from '@infra/local-aws';
import { nodeInTerminal } from '../support/terminal';
import { newDirectory, writeAssembly } from '@infra/change-review/testing';
import { type FakeDetection, startFakeCloudFormation } from './support/fake-cloudformation';

const ROOT = join(__dirname, '../../..');
type Options = Parameters<typeof nodeInTerminal>[1];

const SERVICE = {
  Type: 'AWS::ECS::Service',
  Metadata: { 'aws:cdk:path': 'ProoflinkDev/Web/Service/Service' },
};
const DATABASE = {
  Type: 'AWS::RDS::DBInstance',
  Metadata: { 'aws:cdk:path': 'ProoflinkDev/Database/Instance/Resource' },
};

const asleep = {
  fields: { LogicalResourceId: 'Service', ResourceType: 'AWS::ECS::Service', StackResourceDriftStatus: 'MODIFIED' },
  differences: [{ PropertyPath: '/DesiredCount', ExpectedValue: '1', ActualValue: '0', DifferenceType: 'NOT_EQUAL' }],
};
const inSync = {
  fields: { LogicalResourceId: 'Database', ResourceType: 'AWS::RDS::DBInstance', StackResourceDriftStatus: 'IN_SYNC' },
};
const weakened = {
  fields: { ...inSync.fields, StackResourceDriftStatus: 'MODIFIED' },
  differences: [
    { PropertyPath: '/BackupRetentionPeriod', ExpectedValue: '7', ActualValue: '0', DifferenceType: 'NOT_EQUAL' },
  ],
};

/** Runs `npm run prooflink -- drift ProoflinkDev` with the real CDK CLI, against what CloudFormation is made to say. */
async function drift<Ended>(detection: FakeDetection, run: (args: string[], options: Options) => Promise<Ended>) {
  const { stop, endpoint } = await startFakeCloudFormation(detection);
  const app = writeAssembly({ stacks: { ProoflinkDev: { resources: { Service: SERVICE, Database: DATABASE } } } });
  const args = ['-r', './tools/register.js', 'tools/prooflink.ts', 'drift', 'ProoflinkDev', '--app', app];
  try {
    return await run(args, { cwd: ROOT, env: localEnvironment(process.env, endpoint, newDirectory()) });
  } finally {
    await stop();
  }
}

/** As a workflow does: the report goes into a file, the rest into the log. */
const inWorkflow = (args: string[], options: Options) =>
  new Promise<{ exitCode: unknown; stdout: string; stderr: string }>((resolve) => {
    execFile(process.execPath, args, options, (error, stdout, stderr) => {
      resolve({ exitCode: error?.code ?? 0, stdout, stderr });
    });
  });

describe('npm run prooflink -- drift, with the real cdk drift', () => {
  it('finds no drift in a dev that sleeps, where cdk drift --fail would fail every night', async () => {
    const { exitCode, stdout, stderr } = await drift(
      { status: 'DETECTION_COMPLETE', drifts: [asleep, inSync] },
      inWorkflow,
    );
    expect(stderr).toContain('1 resource has drifted from their expected configuration');
    expect(stdout).toContain('**`ProoflinkDev` is as deployed.**');
    expect(exitCode).toBe(0);
  }, 120_000);

  it('finds what somebody changed, on the second page of CloudFormation’s answer', async () => {
    const { exitCode, stdout } = await drift({ status: 'DETECTION_COMPLETE', drifts: [asleep, weakened] }, inWorkflow);
    expect(stdout).toContain('- **`Database/Instance` (`AWS::RDS::DBInstance`)** was changed');
    expect(stdout).toContain('  - `/BackupRetentionPeriod`: `7` was deployed, `0` is there');
    expect(exitCode).toBe(1);
  }, 120_000);

  it('does not take a detection that failed for no drift, whatever it had found until then', async () => {
    const { exitCode, stdout } = await drift({ status: 'DETECTION_FAILED', drifts: [asleep, inSync] }, inWorkflow);
    expect(stdout).toContain('**Drift could not be looked for, so nothing is known.**');
    expect(stdout).toContain('Drift detection failed: Rate exceeded');
    expect(exitCode).toBe(2);
  }, 120_000);

  it.each([
    ['that finds nothing', { status: 'DETECTION_COMPLETE', drifts: [asleep, inSync] }, 'is as deployed'],
    ['that finds something', { status: 'DETECTION_COMPLETE', drifts: [asleep, weakened] }, 'BackupRetentionPeriod'],
    ['that fails', { status: 'DETECTION_FAILED', drifts: [] }, 'Drift detection failed: Rate exceeded'],
  ] as const)(
    '%s says each line once in a terminal',
    async (_case, detection, said) => {
      const { raw } = await drift(detection, nodeInTerminal);
      expect(raw.split(said)).toHaveLength(2);
      const lines = raw.split('\r\n').filter((line) => line !== '' && !line.startsWith('```'));
      expect(lines).toEqual([...new Set(lines)]);
    },
    120_000,
  );
});
