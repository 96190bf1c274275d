import type { DBInstance } from '@aws-sdk/client-rds';
import { availabilityOf, databaseRemedy } from '../../../deployed/database';
import type { Environment } from '../../../deployed/environment';
import { type Answer, lookAnswer, wellAnswer, wrongAnswer } from '../answer';
import type { Question } from '../question';
import { DATABASE_FIRST_CONTACT_QUESTIONS } from './database-first-contact';
import { DATABASE_URL_QUESTIONS } from './database-url';

/** The database, the way to it, and the URL under which the web tasks look for it. */
export const DATABASE_QUESTIONS: readonly Question[] = [
  {
    id: 'database',
    statement: 'The database runs',
    depth: 'status',
    ask: checkDatabaseStatus,
  },
  ...DATABASE_URL_QUESTIONS,
  ...DATABASE_FIRST_CONTACT_QUESTIONS,
];

async function checkDatabaseStatus(environment: Environment): Promise<Answer> {
  const database = await environment.describeDatabase();
  const { desiredCount = 0 } = await environment.describeService();
  const { DBInstanceIdentifier = '', DBInstanceStatus: status = '', Engine = '', EngineVersion = '' } = database;
  const says = `${DBInstanceIdentifier} is ${status}, ${Engine} ${EngineVersion}`;
  const availability = availabilityOf(database);
  if (availability === 'coming') return lookAnswer(`${says}: ask again when it is done.`);
  // It may be stopped as long as no web task needs it.
  const isStoppedWithoutTasks = availability === 'stopped' && desiredCount === 0;
  if (availability === 'available' || isStoppedWithoutTasks) return wellAnswer(`${says}.`);
  return wrongAnswer(faultOf(database), databaseRemedy(environment, environment.config, database));
}

function faultOf({ AllocatedStorage = 0, DBInstanceStatus: status = '' }: DBInstance): string {
  const fault = `The database is ${status}`;
  return status === 'storage-full' ? `${fault}: ${AllocatedStorage} GiB.` : `${fault}.`;
}
