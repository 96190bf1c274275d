import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { localEnvironment } from '@infra/local-aws';
import { nodeInTerminal } from '../support/terminal';
import { newDirectory, writeAssembly } from '@infra/change-review/testing';
import { type FakeDetection, startFakeCloudFormation } from './support/fake-cloudformation';

const ROOT = join(__dirname, '../../..');
type Options = Parameters<typeof nodeInTerminal>[1];

const at = (path: string) => ({ Metadata: { 'aws:cdk:path': `ProoflinkDev/${path}` } });
const resources = {
  Service: { Type: 'AWS::ECS::Service', ...at('Web/Service/Service') },
  Database: { Type: 'AWS::RDS::DBInstance', ...at('Database/Instance/Resource') },
};
const found = (LogicalResourceId: keyof typeof resources, ...[path, ExpectedValue, ActualValue]: string[]) => ({
  fields: {
    LogicalResourceId,
    ResourceType: resources[LogicalResourceId].Type,
    StackResourceDriftStatus: path === undefined ? 'IN_SYNC' : 'MODIFIED',
  },
  differences:
    path === undefined ? [] : [{ PropertyPath: path, ExpectedValue, ActualValue, DifferenceType: 'NOT_EQUAL' }],
});
const asleep = found('Service', '/DesiredCount', '1', '0');
const inSync = found('Database');
const weakened = found('Database', '/BackupRetentionPeriod', '7', '0');

/** Runs `npm run prooflink -- drift ProoflinkDev` with the real CDK CLI, against what CloudFormation is made to say. */
async function drift<Ended>(detection: FakeDetection, run: (args: string[], options: Options) => Promise<Ended>) {
  const { stop, endpoint } = await startFakeCloudFormation(detection);
  const app = writeAssembly({ stacks: { ProoflinkDev: { resources } } });
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

it.each<[string, FakeDetection, exitCode: number, says: RegExp, inTerminal: string]>([
  [
    'no drift in a dev that sleeps, where cdk drift --fail would fail every night',
    { status: 'DETECTION_COMPLETE', drifts: [asleep, inSync] },
    0,
    /\*\*`ProoflinkDev` is as deployed\.\*\*[^]*1 resource has drifted from their expected configuration/,
    'is as deployed',
  ],
  [
    'what somebody changed, on the second page of CloudFormation’s answer',
    { status: 'DETECTION_COMPLETE', drifts: [asleep, weakened] },
    1,
    /- \*\*`Database\/Instance` .* was changed\n {2}- `\/BackupRetentionPeriod`: `7` was deployed, `0` is there/,
    'BackupRetentionPeriod',
  ],
  [
    'in a detection that failed no “no drift”, whatever it had found until then',
    { status: 'DETECTION_FAILED', drifts: [asleep, inSync] },
    2,
    /\*\*Drift could not be looked for, so nothing is known\.\*\*[^]*Drift detection failed: Rate exceeded/,
    'Drift detection failed: Rate exceeded',
  ],
])(
  'npm run prooflink -- drift, with the real cdk drift, finds %s; a terminal shows each line once',
  async (_, detection, expected, says, inTerminal) => {
    const { exitCode, stdout, stderr } = await drift(detection, inWorkflow);
    expect(exitCode).toBe(expected);
    expect(`${stdout}${stderr}`).toMatch(says);
    const { raw } = await drift(detection, nodeInTerminal);
    expect(raw.split(inTerminal)).toHaveLength(2);
    const lines = raw.split('\r\n').filter((line) => line !== '' && !line.startsWith('```'));
    expect(lines).toEqual([...new Set(lines)]);
  },
  120_000,
);
