// Loaded before a command of `npm run prooflink`: sends the steps of a release to the process that has started the command.
import { subscribe } from 'node:diagnostics_channel';
import { RELEASE_STEPS } from '@infra/operate/release/step';

subscribe(RELEASE_STEPS, (step) => {
  if (process.connected) process.send?.(step);
});
