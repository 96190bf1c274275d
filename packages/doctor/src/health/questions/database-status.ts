import { availabilityOf, databaseRemedy, describeDatabase } from '@infra/operate/deployed/database';
import type { Environment } from '@infra/operate/deployed/environment';
import { describeService } from '@infra/operate/deployed/web-service';
import { type Answer, personMustLook, wellAnswer, wrongAnswer } from '../answer';
import type { Question } from '../question';
import { words } from './words';

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
  return wrongAnswer({
    says: words.database.doesNotServe({ database: name, status }),
    fix: databaseRemedy(environment, environment.config, database),
  });
}
