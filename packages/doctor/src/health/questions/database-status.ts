import type { Message } from '@infra/common/message';
import type { DBInstance } from '@aws-sdk/client-rds';
import { Part } from '@infra/commands/app';
import { availabilityOf, databaseRemedy, describeDatabase } from '@infra/operate/deployed/database';
import type { Environment } from '@infra/operate/deployed/environment';
import { plannedHours } from '@infra/operate/deployed/schedules';
import { describeService } from '@infra/operate/deployed/web-service';
import { type Answer, personMustLook, wellAnswer, wrongAnswer } from '../answer';
import type { Question } from '../question';
import { words } from './words';
import { findScheduleFault, withStart } from './office-hours';

export const DATABASE_STATUS: Question = {
  id: 'database',
  statement: words.statements.database,
  firstAskedBy: 'status',
  ask: checkDatabaseStatus,
};

async function checkDatabaseStatus(environment: Environment): Promise<Answer> {
  const database = await describeDatabase(environment);
  const { desiredCount = 0 } = await describeService(environment);
  const { DBInstanceIdentifier: name = '', DBInstanceStatus: status = '', Engine = '', EngineVersion = '' } = database;
  const state = { name, status, engine: `${Engine} ${EngineVersion}`.trim() };
  const availability = availabilityOf(database);
  if (availability === 'coming' && desiredCount > 0) {
    // It is the cause of web tasks that are not healthy meanwhile.
    return wrongAnswer({
      says: words.database.isNeeded({ database: name, status }),
      fix: databaseRemedy(environment, environment.config, database),
    });
  }
  if (availability === 'coming') return personMustLook({ says: words.database.isComing(state) });
  // Outside office hours, the database is stopped together with the web tasks.
  const isStoppedWithoutTasks = availability === 'stopped' && desiredCount === 0;
  if (availability === 'available' || isStoppedWithoutTasks) return wellAnswer(words.database.runs(state));
  const scheduleFault = availability === 'stopped' ? await findStartFault(environment) : undefined;
  if (scheduleFault) {
    const says = words.database.isNotStarted({ database: name, status, scheduleFault: scheduleFault.says });
    return withStart(environment, { ...scheduleFault, says });
  }
  return wrongAnswer({ says: faultText(database), fix: databaseRemedy(environment, environment.config, database) });
}

/** Answer on what hinders the schedule that should have started the database; `undefined` if nothing does. */
async function findStartFault(environment: Environment): Promise<Answer | undefined> {
  if (!plannedHours(environment, environment.now)) return undefined;
  return await findScheduleFault(environment, (path) => path === Part.startDatabase.path);
}

function faultText(instance: DBInstance): Message {
  const { DBInstanceIdentifier: database = '', AllocatedStorage: gibibytes = 0 } = instance;
  const { DBInstanceStatus: status = '' } = instance;
  if (status === 'storage-full') return words.database.isFull({ database, status, gibibytes });
  return words.database.doesNotServe({ database, status });
}
