/*
 * The names by which tools find the parts of a stack. The app declares resources with them, so that a renamed one no
 * longer compiles where it is read.
 */

/** The stack's parameters (docs/decisions/0002); the last two exist where a migration is configured (0017). */
export const Parameter = {
  appImageTag: 'AppImageTag',
  batchImageTag: 'BatchImageTag',
  migrationImageTag: 'MigrationImageTag',
  migratedImageTag: 'MigratedImageTag',
} as const;

/** The stack's outputs that a tool reads; others are commands for people (lib/outputs.ts). */
export const Output = {
  applicationUrl: 'ApplicationUrl',
  appRepositoryUri: 'AppRepositoryUri',
  batchRepositoryUri: 'BatchRepositoryUri',
  bucketName: 'BucketName',
  appLogs: 'AppLogs',
  importLogs: 'ImportLogs',
  settingsSecretArn: 'SettingsSecretArn',
} as const;

/** Outputs that a stack has: those of what is switched off are missing. */
export type ParameterName = (typeof Parameter)[keyof typeof Parameter];
export type OutputName = (typeof Output)[keyof typeof Output];

/** The web container (guide 7-3). */
export const CONTAINER_NAME = 'prooflink-app';

/** The log streams of migrations begin with it. */
export const MIGRATION_LOG_PREFIX = 'migration';

/** The template's metadata of the migration's task definition: after how many seconds a release stops the task. */
export const MIGRATION_TIMEOUT = 'prooflink:timeout-seconds';

/** The port of a web task (guide 2-2, 7-3, 9-1). */
export const APPLICATION_PORT = 3000;

/** The path that the load balancer asks a web task for (guide 9-1). */
export const HEALTH_CHECK_PATH = '/api/health';

/** The port of PostgreSQL (guide 2-3, 3-2). */
export const DATABASE_PORT = 5432;

/** Variables that a container gets from the stack and that a tool reads or overrides (guide 7-3, 12-9). */
export const Variable = { databaseUrl: 'DATABASE_URL', importFileKey: 'IMPORT_FILE_KEY' } as const;

/** Default command of the import's image (guide 12-9). */
export const IMPORT_COMMAND = ['node', 'dist/batch/user-import.js'] as const;

/** The folder of the bucket with the files of imports (guide 4-3, 12). */
export const IMPORTS_PREFIX = 'imports/';
