import type { EnvironmentConfig } from '../../lib/config/environment';

/** Environments that lib/config does not have, by their names: a command adds what it deploys, with its config. */
export const addedEnvironments = new Map<string, () => EnvironmentConfig | undefined>();
