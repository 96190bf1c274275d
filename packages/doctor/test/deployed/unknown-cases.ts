import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import type { Dev } from '@infra/local/test/support/running-dev';
import { command } from '@infra/testing/prooflink';
import { runHealth } from '../../src/health/health';
import { doctor, textsOf } from './breaking';
import { DAY, NIGHT } from './schedule-cases';

/**
 * Does something while a service takes connections, and never answers.
 * @param variable - Variable with the endpoint of the service.
 * @returns Number of connections that the service took.
 */
async function whileSilent(variable: string, work: () => Promise<void>): Promise<number> {
  let connections = 0;
  const silent = createServer(() => (connections += 1)).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const endpoint = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  const variables = jest.replaceProperty(process, 'env', { ...process.env, [variable]: endpoint });
  await work().finally(() => {
    variables.restore();
    silent.close();
  });
  return connections;
}

/** An organization that allows everything but what a statement denies. */
const everythingBut = (denial: object) => ({
  Statement: [
    { Effect: 'Allow', Action: '*', Resource: '*' },
    { Effect: 'Deny', Resource: '*', ...denial },
  ],
});

export function unknownCases(dev: Dev): void {
  // Three tries of ten seconds each kept a person waiting for 32 seconds.
  it('a service that does not answer in time is tried once: its questions are listed with one answer', async () => {
    let report = '';
    const connections = await whileSilent('AWS_ENDPOINT_URL_IAM', async () => {
      report = (await command('doctor', 'dev')).stdout;
    });
    const [, unansweredQuestions = ''] = report.split('Could not be asked\n');
    expect(unansweredQuestions).toMatch(
      /^- The web tasks may be started with their role\n(- .+\n)+ {2}TimeoutError: IAM/,
    );
    expect(report.match(/^ {2}TimeoutError: IAM did not answer in time$/gm)).toHaveLength(1);
    expect(report).toContain('dev: could not be asked: 5, ');
    // If each resource's reason had the resource's name, forty resources would be forty lines.
    expect(report).toMatch(/Not compared: \d+ resources \(TimeoutError: IAM/);
    expect(connections).toBeLessThan(30);
  }, 60_000);

  describe('an organization', () => {
    afterEach(() => {
      dev().aws.organizationPolicies({ Statement: { Effect: 'Allow', Action: '*', Resource: '*' } });
    });

    // The simulator knows no region of a call: the lock refused every right of every role, and `revert-drift` was the fix.
    it('that locks other regions refuses no role of dev', async () => {
      const elsewhere = { StringNotEquals: { 'aws:RequestedRegion': 'ap-northeast-1' } };
      dev().aws.organizationPolicies(everythingBut({ NotAction: ['iam:*', 'sts:*'], Condition: elsewhere }));
      for (const now of [DAY, NIGHT]) {
        const report = await doctor(now);
        expect(textsOf(report, 'unknown')).toEqual([]);
        expect(textsOf(report, 'wrong').filter((says) => says.includes('may not'))).toEqual([]);
      }
    });

    it('that denies a right of a role is named: nobody knows what the role’s own policies say', async () => {
      dev().aws.organizationPolicies(everythingBut({ Action: 's3:PutObject' }));
      const report = await doctor(DAY);
      expect(report.exitCode).toBe(2);
      expect(textsOf(report, 'unknown').join()).toMatch(/s3:PutObject on .* \(an organization’s policy denies it\)/);
    });
  });

  it('a reader who may not simulate rights does not take the night for an outage', async () => {
    await command('stop', 'dev');
    dev().aws.fault({ SimulatePrincipalPolicy: 'denied' });
    const { stdout } = await runHealth('dev', 'doctor', NIGHT);
    dev().aws.fault({});
    await command('start', 'dev');
    expect(stdout).toMatch(
      /^Not looked at for lack of rights: SimulatePrincipalPolicy\.\ndev could not be asked for everything\.\n/,
    );
  }, 60_000);
}
