import { Parameter, type ParameterName, Part, type StackPart } from '@infra/commands/app';
import { familyAndRevision } from '@infra/operate/deployed/arn';
import {
  type Container,
  type Definition,
  readJobContainer,
  readJobDefinition,
  readTaskDefinition,
  readWebContainer,
} from '@infra/operate/deployed/containers';
import type { Environment } from '@infra/operate/deployed/environment';
import { awsCommand } from '@infra/operate/deployed/printed-commands';
import { revertDriftCommand } from '../../../revert-drift-command';
import { hasUserImport, type Question } from '../../question';
import { words } from './words';

/** A kind of container that the stack runs on Fargate. */
export interface ContainerKind {
  /** Name of the containers in sentences. */
  readonly pluralName: string;
  /** End of the ids of the questions on this kind. */
  readonly idSuffix: 'app' | 'batch';
  /** Option of `npm run prooflink -- release` for the tag of the image. */
  readonly tagOption: '--app' | '--batch';
  /** Parameter of the stack that has the tag of the image. */
  readonly tagParameter: ParameterName;
  /** Part of the stack that places the containers into subnets. */
  readonly place: {
    readonly part: StackPart;
    /** Names of the template's properties that lead to the list of subnets. */
    readonly keysOfSubnets: readonly string[];
  };
  /** The task definition or job definition of the stack. */
  readonly definition: StackPart;
  readonly readDefinition: (environment: Environment, definitionArn: string) => Promise<Definition>;
  /** True for an environment with this kind of container; without this function, every environment has it. */
  readonly applies?: Question['applies'];
  readonly readContainer: (environment: Environment) => Promise<Container>;
  /** Command after which the containers run the revision of the stack again, if another one was registered by hand. */
  readonly restoreCommand: (environment: Environment, container: Container) => string;
}

/** A container whose needs are checked. */
export interface CheckedContainer {
  readonly environment: Environment;
  readonly container: Container;
  readonly kind: ContainerKind;
}

export const WEB_TASKS: ContainerKind = {
  pluralName: words.webTasks,
  idSuffix: 'app',
  tagOption: '--app',
  tagParameter: Parameter.appImageTag,
  place: {
    part: Part.webService,
    keysOfSubnets: ['NetworkConfiguration', 'AwsvpcConfiguration', 'Subnets'],
  },
  definition: Part.webTaskDefinition,
  readDefinition: readTaskDefinition,
  readContainer: (environment) => readWebContainer(environment),
  restoreCommand: (environment) => revertDriftCommand(environment),
};

export const IMPORT_JOBS: ContainerKind = {
  pluralName: words.importJobs,
  idSuffix: 'batch',
  tagOption: '--batch',
  tagParameter: Parameter.batchImageTag,
  place: {
    part: Part.computeEnvironment,
    keysOfSubnets: ['ComputeResources', 'Subnets'],
  },
  definition: Part.jobDefinition,
  readDefinition: readJobDefinition,
  applies: hasUserImport,
  readContainer: (environment) => readJobContainer(environment),
  // A deployment does not remove a revision that was registered by hand, and AWS Batch runs the newest active one.
  restoreCommand: (environment, { definitionArn }) =>
    awsCommand(
      environment.region,
      'batch deregister-job-definition',
      `--job-definition ${familyAndRevision(definitionArn)}`,
    ),
};
