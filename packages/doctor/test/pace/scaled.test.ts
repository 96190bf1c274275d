import { command } from '@infra/testing/prooflink';
import { readStack } from '@infra/operate/deployed/deployed-stack';
import { logs } from '../health/clients';
import { AwsTime } from '@infra/local/test/support/aws-time';
import { names } from '@infra/local/test/support/running-dev';
import { pacedCases } from './cases';

jest.setTimeout(120_000);

AwsTime.use();

describe('at AWS’s pace, on the clock of the commands', () => {
  pacedCases(['hanging', 'denied'], (dev) => {
    it('revert-drift takes a late answer to its own execution for a failure (issue 73 fixes that)', async () => {
      await logs.putRetentionPolicy({ logGroupName: names.logGroups.app, retentionInDays: 1 });
      dev().aws.fault({ ExecuteChangeSet: 'late' });
      const { exitCode, stdout } = await command('revert-drift', 'dev', '--yes');
      dev().aws.fault({});
      expect(exitCode).toBe(3);
      expect(stdout).toMatch(/^TimeoutError: .*\nCloudFormation goes on, [^]*Sign in as for the AWS CLI/);
      expect((await readStack('dev')).details.StackStatus).toMatch(/^UPDATE_/);
    });
  });
});
