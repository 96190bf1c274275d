import { join, resolve } from 'node:path';
import type { ImageProgram } from '@infra/local-aws';
import type { DeployLocalOptions } from './options';

/** The sample application, with the Dockerfile of its images. */
export const SAMPLE_FOLDER = join(__dirname, 'sample-app');

/**
 * Variable with the certificate authorities that Node trusts. A real image sets it to a file with those of RDS. The local
 * AWS replaces the value by the file of its own authority.
 */
const AUTHORITY_VARIABLE = { NODE_EXTRA_CA_CERTS: 'global-bundle.pem' };

/** Without a migration in the config, only the start of the sample application can create its tables. */
const MIGRATE_AND_START = 'node migrate.js && exec node server.js';

/** Command that synthesizes the CDK app, with the migration of the sample application in place of the configured one. */
export const SAMPLE_APP_COMMAND = `node -r ./packages/common/register.js ${join(SAMPLE_FOLDER, 'app-with-sample-migration.ts')}`;

/** Programs of the sample application, by which the local AWS replaces images; for tests, also programs that fail. */
export const sample = {
  web: (version: string): ImageProgram => sampleWeb({ VERSION: version }),
  cannotStart: (): ImageProgram => sampleWeb({}, 'forgotten.js'),
  failingMigration: (): ImageProgram => sampleWeb({ FAILING_MIGRATION: 'yes' }),
  neverHealthy: (): ImageProgram => sampleWeb({ NEVER_HEALTHY: 'yes' }),
  job: (): ImageProgram => ({ directory: join(SAMPLE_FOLDER, 'batch'), environment: AUTHORITY_VARIABLE }),
};

function sampleWeb(variables: Readonly<Record<string, string>>, file = 'server.js'): ImageProgram {
  return {
    directory: join(SAMPLE_FOLDER, 'web'),
    command: ['node', file],
    environment: { ...AUTHORITY_VARIABLE, ...variables },
  };
}

/** Programs that the local AWS runs in place of the two images. */
export interface Programs {
  readonly web: ImageProgram;
  /** Program of the user import. `undefined`: there is none. */
  readonly job?: ImageProgram;
}

/**
 * The programs of the options, or those of the sample application.
 *
 * @param tag - Tag of the images; the sample application shows it as its version.
 */
export function programs(options: DeployLocalOptions, tag: string): Programs {
  return { web: webProgram(options, tag), job: jobProgram(options) };
}

function webProgram({ app, appCommand = 'npm start' }: DeployLocalOptions, tag: string): ImageProgram {
  if (app === undefined) {
    return { ...sample.web(tag), command: ['/bin/sh', '-c', MIGRATE_AND_START] };
  }
  return { ...programIn(app), command: shellCommand(appCommand) };
}

/** The sample's import runs beside the sample's web application alone: another one has other tables. */
function jobProgram({ app, job, jobCommand }: DeployLocalOptions): ImageProgram | undefined {
  if (job === undefined) {
    return app === undefined ? sample.job() : undefined;
  }
  if (!jobCommand) return programIn(job);
  return { ...programIn(job), entrypoint: shellCommand(jobCommand) };
}

/** A program that runs in a folder, by the command of its task or job definition. */
function programIn(folder: string): ImageProgram {
  return { directory: resolve(folder), environment: AUTHORITY_VARIABLE };
}

/**
 * Runs a command line whole, also one such as `npm run build && npm start`. The local AWS sends SIGTERM to the shell and to
 * its children: the shell waits for the running child, starts no further one, and ends with the exit code of that child.
 */
function shellCommand(command: string): string[] {
  return ['/bin/sh', '-c', `trap exit TERM; ${command}`];
}
