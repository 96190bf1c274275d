import type { CloudAssembly, CloudFormationStackArtifact } from 'aws-cdk-lib/cx-api';
import type { EnvironmentConfig } from '../../lib/config/environment';
import { stackId } from '../../lib/config/names';
import { createStacks } from '../../lib/create-stacks';
import { Deployed } from './deployed';
import { newApp } from './synth';
import type { Template } from './template';

/** An environment `other` that a test synthesizes itself: its config is none of the shared ones (environments.ts). */
export interface OtherEnvironment {
  readonly assembly: CloudAssembly;
  readonly stack: CloudFormationStackArtifact;
  readonly template: Template;
  /** The stack once its first image runs. */
  readonly deployed: Deployed;
}

/** Synthesizes the environment `other` from a config. */
export function synthesizeOther(config: EnvironmentConfig): OtherEnvironment {
  // Neither report is read, and both take time.
  const app = newApp({ analyticsReporting: false, treeMetadata: false });
  createStacks(app, { other: config });
  const assembly = app.synth();
  const stack = assembly.getStackByName(stackId('other'));
  const template = stack.template as Template;
  return { assembly, stack, template, deployed: new Deployed(template, { AppImageTag: 'v1' }, config.region) };
}
