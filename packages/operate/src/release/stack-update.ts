import type { EnvironmentConfig } from '@infra/commands/app';
import type { DeployedStack } from '../deployed/deployed-stack';
import type { EnvironmentName } from '@infra/commands/environment-argument';
import type { ImageRepository } from './image-repository';
import type { ReleaseOptions } from './options';

/** Facts about a release, which its checks read. */
export interface StackUpdate {
  readonly environmentName: EnvironmentName;
  readonly config: EnvironmentConfig;
  readonly options: ReleaseOptions;
  readonly stack: DeployedStack;
  /** The repository of the web images. */
  readonly appRepository: ImageRepository;
  /** Tag of the deployed web image; empty if none is deployed yet. */
  readonly deployedAppTag: string;
  /** True if the new web image migrates the database before it serves. */
  readonly migrates: boolean;
}
