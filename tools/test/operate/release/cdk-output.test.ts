import type { CdkOptions } from '../../../program/cdk-cli';
import { deployStack } from '../../../operate/release/cdk';

/** Lines that the CDK CLI prints: after a service that failed, those of the application's log. */
const printed = [
  'Stopped task: exit code 1',
  'DATABASE_URL="postgresql://postgres:hunter2hunter2@db/prooflink"',
  '\u001b[2J',
];

jest.mock('../../../program/cdk-cli', () => ({
  runCdk: (_args: readonly string[], { showLine }: CdkOptions) => {
    for (const line of printed) showLine?.(line);
    return Promise.resolve({ exitCode: 1, output: '' });
  },
}));
afterEach(() => jest.restoreAllMocks());

test('the output of the CDK CLI is shown, but neither a secret in it nor a control character: it may be the log of a job', async () => {
  let stderr = '';
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => Boolean((stderr += String(text))));
  expect(await deployStack('cdk.out', 'ProoflinkDev', {})).toBe(false);
  expect(stderr).toContain('Stopped task: exit code 1\n');
  expect(stderr).not.toContain('hunter2');
  expect(stderr).not.toContain('\u001b');
});
