import { RDS } from '@aws-sdk/client-rds';
import { pause } from '@infra/commands/pause';
import { command } from '@infra/testing/prooflink';
import { describeDatabase } from '@infra/operate/deployed/database';
import { readStack } from '@infra/operate/deployed/deployed-stack';
import { describeService } from '@infra/operate/deployed/web-service';
import { runOfficeHours } from '@infra/operate/office-hours';
import { logs } from '../health/clients';
import { AwsTime } from '@infra/local/test/support/aws-time';
import { names } from '@infra/local/test/support/running-dev';
import { pacedCases } from './cases';

jest.setTimeout(120_000);

AwsTime.use();

describe('at AWS’s pace, on the clock of the commands', () => {
  pacedCases(['hanging', 'denied'], (dev) => {
    // Otherwise both turn the database on and off in turn, for half an hour.
    it.each([['start', 'stop'] as const, ['stop', 'start'] as const])(
      'of %s, and %s three seconds later, one goes on, and leaves web tasks with a database, or neither',
      async (first, second) => {
        dev().aws.keepAwsPace(false);
        await command(second, 'dev');
        dev().aws.keepAwsPace();
        const requests = [jest.spyOn(RDS.prototype, 'startDBInstance'), jest.spyOn(RDS.prototype, 'stopDBInstance')];
        const runLater = async () => {
          await pause(3);
          return await runOfficeHours('dev', second);
        };
        const outcomes = await Promise.all([runOfficeHours('dev', first), runLater()]);
        for (const request of requests) {
          expect(request.mock.calls.length).toBeLessThan(2);
          request.mockRestore();
        }
        const failures = outcomes.filter(({ exitCode }) => exitCode !== 0);
        expect(failures.length).toBeLessThan(2);
        for (const { exitCode, stderr } of failures) {
          expect(exitCode).toBe(1);
          expect(stderr).toMatch(/^Somebody else, or a schedule, does the opposite to dev at the same time: /);
        }
        const stack = await readStack('dev');
        const { desiredCount = 0 } = await describeService(stack);
        const { DBInstanceStatus } = await describeDatabase(stack);
        expect(DBInstanceStatus).toBe(desiredCount > 0 ? 'available' : 'stopped');
      },
    );

    it('revert-drift follows its own execution after a late answer: the events of its token decide', async () => {
      dev().aws.keepAwsPace(false);
      await command('start', 'dev');
      dev().aws.keepAwsPace();
      await logs.putRetentionPolicy({ logGroupName: names.logGroups.app, retentionInDays: 1 });
      dev().aws.fault({ ExecuteChangeSet: 'late' });
      const { exitCode, stdout } = await command('revert-drift', 'dev', '--yes');
      dev().aws.fault({});
      expect(exitCode).toBe(0);
      expect(stdout).toMatch(/^ProoflinkDev is as deployed again, /);
      expect((await readStack('dev')).details.StackStatus).toBe('UPDATE_COMPLETE');
    });
  });
});
