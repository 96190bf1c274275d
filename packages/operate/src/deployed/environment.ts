import type { EnvironmentConfig } from '@infra/commands/app';
import { configOf } from '@infra/commands/environment-config';
import type { DeployedStack } from './deployed-stack';
import { rememberAnswers } from './remembered-answers';

/** A deployed environment: its stack, with clients that remember what AWS answered, and its config. */
export interface Environment extends DeployedStack {
  readonly config: EnvironmentConfig;
  /** Moment for which schedules and metrics are read. */
  readonly now: Date;
}

/** The environment of a deployed stack. AWS is asked once for what several questions read. */
export function environmentOf(
  stack: DeployedStack,
  now = new Date(),
  config: EnvironmentConfig = configOf(stack.environmentName),
): Environment {
  return { ...stack, client: rememberAnswers(stack.client), config, now };
}
