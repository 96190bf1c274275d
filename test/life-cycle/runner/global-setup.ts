import { mkdirSync } from 'node:fs';
// First: it makes the folder of the run, which the other files read.
import synthesizeForTests from '../../support/global-setup';
import { SAMPLE_STACKS } from '../../../tools/deploy-local/programs';
import { localEnvironment, synth } from '@infra/local-aws';
import { apps, scratch } from '../support/apps';
import { copyWithChangedConfig } from '../support/changed-config';

/** Synthesizes once for all lives, as `cdk synth` does: the app as it is but for the sample's migration, and a copy with a changed config. */
// eslint-disable-next-line no-restricted-syntax -- Jest asks for a default export
export default async function globalSetup(): Promise<void> {
  synthesizeForTests();
  console.log('cdk synth of the app as it is, and of a copy in whose config somebody has changed something');
  mkdirSync(scratch, { recursive: true });
  // Nothing answers there: a synth must not ask.
  const aws = { env: localEnvironment(process.env, 'http://localhost:9', scratch), directory: scratch };
  await Promise.all([
    synth({ aws, app: SAMPLE_STACKS }, apps.written),
    synth({ aws, directory: copyWithChangedConfig(scratch) }, apps.changed),
  ]);
}
