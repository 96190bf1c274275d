import type * as app from '@infra/commands/app';
import { addedEnvironments } from '@infra/commands/added-environments';
import type * as config from './rehearsal-config';

/** The environment of a rehearsal, which lib/config/index.ts does not have. */
export const REHEARSAL = 'rehearsal';

/** The only stack that a rehearsal deploys and deletes. */
export const OWN_STACK_NAME = 'ProoflinkRehearsal';

/** Lets commands take `rehearsal` for an environment. Its config has no account: it goes where the credentials do. */
export function addRehearsalEnvironment(): void {
  addedEnvironments.set(REHEARSAL, () => {
    // Loaded only here, since no code of lib/config runs before a deployment's review.
    const { environments } = require('@infra/commands/app') as typeof app;
    const { rehearsalConfig } = require('./rehearsal-config') as typeof config;
    return rehearsalConfig(environments, undefined);
  });
}
