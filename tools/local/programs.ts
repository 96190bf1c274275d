import { join, resolve } from 'node:path';
import type { ImageProgram } from '@infra/local-aws';
import type { DeployLocalOptions } from './options';

const SAMPLE = join(__dirname, './sample-app');

/** An image brings the authorities of RDS along; these are the local AWS's own. */
const AUTHORITIES = { NODE_EXTRA_CA_CERTS: 'global-bundle.pem' };

/** The sample has to create its tables when it starts: there may be no migration. */
const MIGRATE_AND_START = 'node migrate.js && exec node server.js';

/** Command of the app as it is configured, with the sample application's own migration. */
export const SAMPLE_STACKS = `node -r ./tools/register.js ${join(SAMPLE, 'stacks.ts')}`;

/** Programs for the images of the sample application, also broken ones. */
export const sample = {
  web: (version: string): ImageProgram => sampleWeb({ VERSION: version }),
  cannotStart: (): ImageProgram => sampleWeb({}, 'forgotten.js'),
  failingMigration: (): ImageProgram => sampleWeb({ FAILING_MIGRATION: 'yes' }),
  neverHealthy: (): ImageProgram => sampleWeb({ NEVER_HEALTHY: 'yes' }),
  job: (): ImageProgram => ({ directory: join(SAMPLE, 'batch'), environment: AUTHORITIES }),
};

function sampleWeb(variables: Readonly<Record<string, string>>, file = 'server.js'): ImageProgram {
  return {
    directory: join(SAMPLE, 'web'),
    command: ['node', file],
    environment: { ...AUTHORITIES, ...variables },
  };
}

/** Programs that run in the place of the two images. */
export interface Programs {
  readonly web: ImageProgram;
  /** `undefined` if there is no import. */
  readonly job?: ImageProgram;
}

/** The programs of the options, or those of the sample. */
export function programs(options: DeployLocalOptions, tag: string): Programs {
  return { web: webProgram(options, tag), job: jobProgram(options) };
}

function webProgram({ app, appCommand = 'npm start' }: DeployLocalOptions, tag: string): ImageProgram {
  if (app === undefined) {
    return { ...sample.web(tag), command: ['/bin/sh', '-c', MIGRATE_AND_START] };
  }
  return { ...programIn(app), command: shellCommand(appCommand) };
}

/** The sample's import is none for another application. */
function jobProgram({ app, job, jobCommand }: DeployLocalOptions): ImageProgram | undefined {
  if (job === undefined) {
    return app === undefined ? sample.job() : undefined;
  }
  if (!jobCommand) return programIn(job);
  return { ...programIn(job), entrypoint: shellCommand(jobCommand) };
}

function programIn(folder: string): ImageProgram {
  return { directory: resolve(folder), environment: AUTHORITIES };
}

function shellCommand(command: string): string[] {
  return ['/bin/sh', '-c', `exec ${command}`];
}
