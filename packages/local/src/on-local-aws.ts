// Loaded before a command of `npm run prooflink` that asks the local AWS.
import { subscribe } from 'node:diagnostics_channel';
import { setTimeout } from 'node:timers/promises';
import { setClock } from '@infra/commands/clock';
import { RELEASE_STEPS } from '@infra/operate/release/step';

// To the process that has started the command.
subscribe(RELEASE_STEPS, (step) => {
  if (process.connected) process.send?.(step);
});

// The local AWS is done sooner than AWS: a pause between two questions to it is a quarter as long.
setClock({
  now: () => Date.now(),
  pause: (seconds) => setTimeout(seconds * 250),
  timeout: (milliseconds) => AbortSignal.timeout(milliseconds),
});
