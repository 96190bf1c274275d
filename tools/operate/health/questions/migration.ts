import { Parameter } from '../../../../lib/contract';
import type { Environment } from '../../../deployed/environment';
import { type Answer, NOTHING_WRONG, personMustLook } from '../answer';
import type { Question } from '../question';

/** Question on the migration of the database, which a release runs before it deploys a version. */
export const MIGRATION: Question = {
  id: 'migration',
  statement: 'The version was migrated',
  firstAskedBy: 'status',
  applies: ({ parameters }) => parameters[Parameter.migratedImageTag] !== undefined,
  ask: checkMigration,
};

/**
 * Compares the tags of the last migration with the tag that serves. The stack records only the migrations of releases:
 * if the serving version was deployed without a release, or deployed again after a newer one, its migration is not
 * known, which is no fault.
 */
function checkMigration({ parameters, webImageTag: servingTag }: Environment): Answer {
  const startedTag = parameters[Parameter.migrationImageTag] ?? '';
  const migratedTag = parameters[Parameter.migratedImageTag] ?? '';
  const lastMigration =
    migratedTag === '' ? 'no release has migrated yet' : `the last release that migrated was ${migratedTag}`;
  if (startedTag !== migratedTag) {
    const serving = servingTag === '' ? 'no version serves' : `${servingTag} serves`;
    return personMustLook({
      says: `The migration of ${startedTag} runs or has failed: ${lastMigration}, and ${serving}.`,
      fix: '“A migration that failed” in docs/runbook.md',
    });
  }
  if (servingTag === '' || servingTag === migratedTag) return NOTHING_WRONG;
  return personMustLook({ says: `It is not known whether ${servingTag} was migrated: ${lastMigration}.` });
}
