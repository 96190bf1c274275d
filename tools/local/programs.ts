import { join, resolve } from 'node:path';
import type { ImageProgram } from '@infra/local-aws';
import type { DeployLocalOptions } from './options';

const SAMPLE = join(__dirname, './sample-app');

/** An image brings the authorities of RDS along; here they are the local AWS's own. */
const AUTHORITIES = { NODE_EXTRA_CA_CERTS: 'global-bundle.pem' };

/** The app as it is configured, with the sample application's own migration. */
export const SAMPLE_STACKS = `node -r ./tools/register.js ${join(SAMPLE, 'stacks.ts')}`;

/** The web application's image: with these variables, and started by this file. */
const web = (environment: Readonly<Record<string, string>>, file = 'server.js'): ImageProgram => ({
  directory: join(SAMPLE, 'web'),
  command: ['node', file],
  environment: { ...AUTHORITIES, ...environment },
});

/** The images of the sample application. */
export const sample = {
  web: (version: string): ImageProgram => web({ VERSION: version }),
  cannotStart: (): ImageProgram => web({}, 'forgotten.js'),
  failingMigration: (): ImageProgram => web({ FAILING_MIGRATION: 'yes' }),
  neverHealthy: (): ImageProgram => web({ NEVER_HEALTHY: 'yes' }),
  job: (): ImageProgram => ({ directory: join(SAMPLE, 'batch'), environment: AUTHORITIES }),
};

/**
 * Programs that play the web image and the import's: the given ones, otherwise the sample, which makes its
 * tables when it starts, as there may be no migration. The sample's import does not play that of another application.
 */
export function programs(options: DeployLocalOptions, tag: string): { web: ImageProgram; job?: ImageProgram } {
  const { app, appCommand = 'npm start', job, jobCommand } = options;
  return {
    web:
      app !== undefined
        ? { ...given(app), command: shell(appCommand) }
        : { ...sample.web(tag), command: ['/bin/sh', '-c', 'node migrate.js && exec node server.js'] },
    ...(job === undefined
      ? app === undefined && { job: sample.job() }
      : { job: { ...given(job), ...(jobCommand && { entrypoint: shell(jobCommand) }) } }),
  };
}

function given(folder: string): ImageProgram {
  return { directory: resolve(folder), environment: AUTHORITIES };
}

function shell(command: string): string[] {
  return ['/bin/sh', '-c', `exec ${command}`];
}
