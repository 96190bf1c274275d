import type { EnvironmentConfig } from '../../../lib/config/environment';
import type { DeployedStack } from '../../deployed/deployed-stack';
import type { StackTemplate } from '../../deployed/template-parts';
import type { EnvironmentName } from '../../program/environment-argument';
import type { ImageRepository } from './image-repository';
import type { ReleaseOptions } from './options';

/** Facts about a release to a stack that exists already. The checks of such a release read them. */
export interface StackUpdate {
  readonly environmentName: EnvironmentName;
  readonly config: EnvironmentConfig;
  readonly options: ReleaseOptions;
  readonly stack: DeployedStack;
  /** The repository of the web images. */
  readonly appRepository: ImageRepository;
  readonly deployedTemplate: StackTemplate;
  /** The template to deploy. */
  readonly nextTemplate: StackTemplate;
  /** Tag of the deployed web image; empty if none is deployed yet. */
  readonly deployedAppTag: string;
  /** True if the new web image migrates the database before it serves. */
  readonly migrates: boolean;
  /** Seconds that the migration may take; `undefined` without one. */
  readonly migrationTimeoutSeconds: number | undefined;
  /** True if the template to deploy may make ECS replace the web tasks that run the deployed image. */
  readonly mayRestartWebTasks: boolean;
}
