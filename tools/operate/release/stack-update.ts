import type { Template } from '@infra/common/template';
import type { EnvironmentConfig } from '../../../lib/config/environment';
import type { DeployedStack } from '../../deployed/deployed-stack';
import type { EnvironmentName } from '../../program/environment-argument';
import type { ReleaseOptions } from './options';
import type { Registry } from './registry';

/** A release to a stack that exists already, as the checks read it. */
export interface StackUpdate {
  readonly environmentName: EnvironmentName;
  readonly config: EnvironmentConfig;
  readonly options: ReleaseOptions;
  readonly stack: DeployedStack;
  /** The registry of the web images. */
  readonly registry: Registry;
  /** The template to deploy. */
  readonly template: Template;
  readonly deployedTemplate: Template;
  /** Tag of the deployed web image; empty if there is none yet. */
  readonly deployedTag: string;
  /** True if a migration runs before the new web image is deployed. */
  readonly migrates: boolean;
  /** True if the template alone makes ECS replace the web tasks, under the image that runs. */
  readonly restartsWebTasks: boolean;
}
