// First: it makes the folder of the run, which the other files read.
import synthesizeForTests from '@infra/testing/global-setup';
import { createStacks } from '@infra/commands/app';
import { newApp } from '@infra/testing/synth';
import { apps } from '../support/apps';
import { configs } from '../support/changed-config';
import { writeWaiters } from '../support/waiters';

/** Synthesizes once for all lives: the app as it is but for the sample's migration, and with a changed config. */
// eslint-disable-next-line no-restricted-syntax -- Jest asks for a default export
export default function globalSetup(): void {
  synthesizeForTests();
  writeWaiters();
  for (const [name, outdir] of Object.entries(apps)) {
    const app = newApp({ outdir });
    createStacks(app, configs(name === 'changed'));
    app.synth();
  }
}
