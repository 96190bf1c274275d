import type { DBInstance } from '@aws-sdk/client-rds';
import { Part } from '../../../../lib/contract';
import { availabilityOf, databaseRemedy } from '../../../deployed/database';
import type { Environment } from '../../../deployed/environment';
import { type Answer, personMustLook, wellAnswer, wrongAnswer } from '../answer';
import { en } from '../../en';
import type { Question } from '../question';
import { findScheduleFault, withStart } from './office-hours';

export const DATABASE_STATUS: Question = {
  id: 'database',
  statement: 'The database runs',
  firstAskedBy: 'status',
  ask: checkDatabaseStatus,
};

async function checkDatabaseStatus(environment: Environment): Promise<Answer> {
  const database = await environment.describeDatabase();
  const { desiredCount = 0 } = await environment.describeService();
  const { DBInstanceIdentifier = '', DBInstanceStatus = '', Engine = '', EngineVersion = '' } = database;
  const state = `${DBInstanceIdentifier} is ${DBInstanceStatus}, ${Engine} ${EngineVersion}`;
  const availability = availabilityOf(database);
  if (availability === 'coming' && desiredCount > 0) {
    // It is the cause of web tasks that are not healthy meanwhile.
    return wrongAnswer({
      says: en.health.databaseIsComing({ database: DBInstanceIdentifier, status: DBInstanceStatus }),
      fix: databaseRemedy(environment, environment.config, database),
    });
  }
  if (availability === 'coming') return personMustLook({ says: `${state}: ask again when it is done.` });
  // Outside office hours, the database is stopped together with the web tasks.
  const isStoppedWithoutTasks = availability === 'stopped' && desiredCount === 0;
  if (availability === 'available' || isStoppedWithoutTasks) return wellAnswer(`${state}.`);
  const fault = wrongAnswer({
    says: faultText(database),
    fix: databaseRemedy(environment, environment.config, database),
  });
  return availability === 'stopped' ? await withScheduleFault(environment, fault) : fault;
}

/** The fault of a stopped database, with what hinders the schedule that should have started the database. */
async function withScheduleFault(environment: Environment, fault: Answer): Promise<Answer> {
  if (!environment.plannedHours()) return fault;
  const scheduleFault = await findScheduleFault(environment, (path) => path === Part.startDatabase.path);
  if (!scheduleFault) return fault;
  return withStart(environment, { ...scheduleFault, says: `${fault.says} ${scheduleFault.says}` });
}

function faultText({ AllocatedStorage = 0, DBInstanceStatus = '' }: DBInstance): string {
  const fault = `The database is ${DBInstanceStatus}`;
  return DBInstanceStatus === 'storage-full' ? `${fault}: ${AllocatedStorage} GiB.` : `${fault}.`;
}
