import { createStacks, type EnvironmentConfig } from '@infra/commands/app';
import { ConfigError } from '@infra/testing/app-rules';
import { newApp } from '@infra/testing/synth';
import type { Template } from '@infra/testing/template';
import type { Synthesized } from './changed-parts';

const resultsByConfig = new Map<EnvironmentConfig, Synthesized | readonly string[]>();

/** Synthesizes one environment alone, once, or returns the rules that its config breaks. */
export function synthesized(name: string, config: EnvironmentConfig): Synthesized | readonly string[] {
  const result = resultsByConfig.get(config) ?? synthesize(name, config);
  resultsByConfig.set(config, result);
  return result;
}

function synthesize(name: string, config: EnvironmentConfig): Synthesized | readonly string[] {
  const app = newApp({ analyticsReporting: false, treeMetadata: false });
  try {
    createStacks(app, { [name]: config });
  } catch (error) {
    if (error instanceof ConfigError) return error.brokenRules;
    throw error;
  }
  const { directory, stacks } = app.synth();
  const [stack] = stacks;
  if (!stack) throw new Error('There is no stack');
  return {
    folder: directory,
    template: stack.template as Template,
    environment: stack.environment.name,
    terminationProtection: stack.terminationProtection ?? false,
  };
}
