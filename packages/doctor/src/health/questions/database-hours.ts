import { Part, type StackPart } from '@infra/commands/app';
import { availabilityOf, describeDatabase } from '@infra/operate/deployed/database';
import type { Environment } from '@infra/operate/deployed/environment';
import { awsCommand, prooflinkCommand } from '@infra/operate/deployed/printed-commands';
import { readSchedules, type Schedule } from '@infra/operate/deployed/schedules';
import { type Answer, wrongAnswer } from '../answer';
import { words } from './words';

/** Time that EventBridge Scheduler, with its retries, and RDS take to stop the database. */
const LONGEST_STOP_MS = 30 * 60_000;

/** Answer on a database that runs, and costs, outside the office hours; `undefined` if it does not. */
export async function findDatabaseAwake(environment: Environment): Promise<Answer | undefined> {
  const schedules = await readSchedules(environment, environment.config, environment.now);
  const lastStart = lastRunOf(schedules, Part.startDatabase);
  const lastStop = lastRunOf(schedules, Part.stopDatabase);
  // The database starts before the web tasks, and stops after them.
  const isWithinHours = lastStart > lastStop;
  const mayStillStop = environment.now.getTime() - lastStop < LONGEST_STOP_MS;
  if (isWithinHours || mayStillStop) return undefined;
  const database = await describeDatabase(environment);
  if (availabilityOf(database) !== 'available') return undefined;
  return wrongAnswer({
    says: words.officeHours.databaseRuns({ database: database.DBInstanceIdentifier ?? '' }),
    fix: words.officeHours.stopDatabase({
      stopCommand: prooflinkCommand(environment.environmentName, 'stop'),
      // The schedule starts an automation of Systems Manager, which keeps the reason for which it failed.
      automationsCommand: awsCommand(
        environment.region,
        'ssm describe-automation-executions',
        '--filters Key=DocumentNamePrefix,Values=AWS-StopRdsInstance --max-items 3',
      ),
    }),
  });
}

/** Moment of a schedule's last run; 0 if its expression cannot be read, or has not matched yet. */
function lastRunOf(schedules: readonly Schedule[], part: StackPart): number {
  const schedule = schedules.find(({ path }) => path === part.path);
  return schedule?.lastRun?.getTime() ?? 0;
}
