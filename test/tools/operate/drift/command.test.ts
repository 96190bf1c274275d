import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { localEnvironment } from '@infra/local-aws';
import { startFakeQueryApi, xml } from '../../../support/fake-query-api';
import { nodeInTerminal } from '../../support/terminal';
import { newDirectory, writeAssembly } from '@infra/change-review/testing';

const ROOT = join(__dirname, '../../../..');

const at = (path: string) => ({ Metadata: { 'aws:cdk:path': `ProoflinkDev/${path}` } });
const resources = {
  Service: { Type: 'AWS::ECS::Service', ...at('Web/Service/Service') },
  Database: { Type: 'AWS::RDS::DBInstance', ...at('Database/Instance/Resource') },
};
/** CloudFormation's answer on a resource, which may differ in one property. */
const found = (LogicalResourceId: keyof typeof resources, ...values: [] | [path: string, from: string, to: string]) => {
  const [PropertyPath = '', ExpectedValue = '', ActualValue = ''] = values;
  const difference = PropertyPath && xml({ PropertyPath, ExpectedValue, ActualValue, DifferenceType: 'NOT_EQUAL' });
  const StackResourceDriftStatus = difference ? 'MODIFIED' : 'IN_SYNC';
  const fields = xml({ LogicalResourceId, ResourceType: resources[LogicalResourceId].Type, StackResourceDriftStatus });
  const differences = difference ? `<member>${difference}</member>` : '';
  return `<member>${fields}<PropertyDifferences>${differences}</PropertyDifferences></member>`;
};
const asleep = found('Service', '/DesiredCount', '1', '0');
const inSync = found('Database');
const weakened = found('Database', '/BackupRetentionPeriod', '7', '0');

/** Result of the detection. */
interface Detection {
  readonly status: 'DETECTION_COMPLETE' | 'DETECTION_FAILED';
  readonly drifts: readonly string[];
}

/** Answers what `cdk drift` and the SDK ask. A page holds one resource, so that reading one page only is found out. */
function answer(action: string, request: URLSearchParams, { status, drifts }: Detection): string {
  const page = Number(request.get('NextToken') ?? '0');
  const next = page + 1 < drifts.length ? xml({ NextToken: String(page + 1) }) : '';
  const results: Readonly<Record<string, string>> = {
    GetCallerIdentity: xml({ Arn: 'arn:aws:iam::123456789012:user/x', UserId: 'x', Account: '123456789012' }),
    DetectStackDrift: xml({ StackDriftDetectionId: 'd-1' }),
    DescribeStackDriftDetectionStatus: xml({
      StackId: 'arn:aws:cloudformation:ap-northeast-1:123456789012:stack/ProoflinkDev/1',
      ...{ StackDriftDetectionId: 'd-1', DetectionStatus: status, DetectionStatusReason: 'Rate exceeded' },
      Timestamp: '2026-01-23T19:30:00Z',
    }),
    DescribeStackResourceDrifts: `<StackResourceDrifts>${drifts[page] ?? ''}</StackResourceDrifts>${next}`,
  };
  return results[action] ?? '';
}

type Options = Parameters<typeof nodeInTerminal>[1];
/** As a workflow does: the report goes into a file, the rest into the log. */
const inWorkflow = (args: string[], options: Options) =>
  new Promise<{ exitCode: unknown; raw: string }>((resolve) => {
    execFile(process.execPath, args, options, (error, stdout, stderr) => {
      resolve({ exitCode: error?.code ?? 0, raw: `${stdout}${stderr}` });
    });
  });

/** Runs `npm run prooflink -- drift ProoflinkDev` with the real CDK CLI, against what CloudFormation is made to say. */
async function drift<Ended>(detection: Detection, run: (args: string[], options: Options) => Promise<Ended>) {
  const { stop, endpoint } = await startFakeQueryApi((action, request) => answer(action, request, detection));
  const app = writeAssembly({ stacks: { ProoflinkDev: { resources } } });
  const args = ['-r', './tools/register.js', 'tools/prooflink.ts', 'drift', 'ProoflinkDev', '--app', app];
  try {
    return await run(args, { cwd: ROOT, env: localEnvironment(process.env, endpoint, newDirectory()) });
  } finally {
    await stop();
  }
}

it.each<[string, drifts: string[], exitCode: number, says: RegExp]>([
  [
    'no drift in a dev that sleeps, where cdk drift --fail would fail every night',
    [asleep, inSync],
    0,
    /\*\*`ProoflinkDev` is as deployed\.\*\*[^]*1 resource has drifted from their expected configuration/,
  ],
  [
    'a change by hand, on the second page of CloudFormation’s answer',
    [asleep, weakened],
    1,
    /- \*\*`Database\/Instance` .* was changed\n {2}- `\/BackupRetentionPeriod`: `7` was deployed, `0` is there/,
  ],
])('npm run prooflink -- drift, with the real cdk drift, finds %s', async (_, drifts, expected, says) => {
  const { exitCode, raw } = await drift({ status: 'DETECTION_COMPLETE', drifts }, inWorkflow);
  expect(raw).toMatch(says);
  expect(exitCode).toBe(expected);
});

it('a detection that failed is no “no drift”, whatever it had found until then; a terminal shows each line once', async () => {
  const { exitCode, raw } = await drift({ status: 'DETECTION_FAILED', drifts: [asleep, inSync] }, nodeInTerminal);
  expect(raw).toMatch(
    /\*\*Drift could not be looked for, so nothing is known\.\*\*[^]*Drift detection failed: Rate exceeded/,
  );
  const lines = raw.split('\r\n').filter((line) => line !== '' && !line.startsWith('```'));
  expect(lines).toEqual([...new Set(lines)]);
  expect(exitCode).toBe(2);
});
