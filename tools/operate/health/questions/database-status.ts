import type { DBInstance } from '@aws-sdk/client-rds';
import { availabilityOf, databaseRemedy } from '../../../deployed/database';
import type { Environment } from '../../../deployed/environment';
import { type Answer, personMustLook, wellAnswer, wrongAnswer } from '../answer';
import type { Question } from '../question';

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
  if (availability === 'coming') return personMustLook({ says: `${state}: ask again when it is done.` });
  // Outside office hours, the database is stopped together with the web tasks.
  const isStoppedWithoutTasks = availability === 'stopped' && desiredCount === 0;
  if (availability === 'available' || isStoppedWithoutTasks) return wellAnswer(`${state}.`);
  return wrongAnswer({
    says: faultText(database),
    fix: databaseRemedy(environment, environment.config, database),
  });
}

function faultText({ AllocatedStorage = 0, DBInstanceStatus = '' }: DBInstance): string {
  const fault = `The database is ${DBInstanceStatus}`;
  return DBInstanceStatus === 'storage-full' ? `${fault}: ${AllocatedStorage} GiB.` : `${fault}.`;
}
