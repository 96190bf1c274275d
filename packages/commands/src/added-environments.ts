import type { EnvironmentConfig } from './app';

/** Environments that lib/config does not have, by their names: a command adds what it deploys, with its config. */
export const addedEnvironments = new Map<string, () => EnvironmentConfig | undefined>();
