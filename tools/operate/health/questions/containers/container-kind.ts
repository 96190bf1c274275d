import { Part, type StackPart } from '../../../../../lib/contract';
import { familyAndRevision } from '../../../../deployed/arn';
import type { Container } from '../../../../deployed/containers';
import type { Environment } from '../../../../deployed/environment';
import { hasUserImport, type Question } from '../../question';

/** Parts of the stack that a kind of container uses. */
export interface ContainerParts {
  readonly repository: StackPart;
  readonly executionRole: StackPart;
  readonly taskRole: StackPart;
  readonly logGroup: StackPart;
}

/** A kind of container that the stack runs on Fargate. */
export interface ContainerKind {
  /** Name of the containers in sentences. */
  readonly pluralName: 'web tasks' | 'import jobs';
  /** End of the ids of the questions on this kind. */
  readonly idSuffix: 'app' | 'batch';
  /** Option of `npm run prooflink -- release` for the tag of the image. */
  readonly tagOption: '--app' | '--batch';
  /** Parts of the stack to which the definition of the containers refers. */
  readonly parts: ContainerParts;
  /** True for an environment with this kind of container; without this function, every environment has it. */
  readonly applies?: Question['applies'];
  readonly readContainer: (environment: Environment) => Promise<Container>;
  /** Command after which the containers run the definition of the stack again, if another one was registered by hand. */
  readonly restoreCommand: (environment: Environment, container: Container) => string;
}

/** A container whose needs are checked. */
export interface CheckedContainer {
  readonly environment: Environment;
  readonly container: Container;
  readonly kind: ContainerKind;
}

export const WEB_TASKS: ContainerKind = {
  pluralName: 'web tasks',
  idSuffix: 'app',
  tagOption: '--app',
  parts: {
    repository: Part.appRepository,
    executionRole: Part.webExecutionRole,
    taskRole: Part.webTaskRole,
    logGroup: Part.webLogGroup,
  },
  readContainer: (environment) => environment.webContainer(),
  restoreCommand: (environment) => environment.redeployCommand,
};

export const IMPORT_JOBS: ContainerKind = {
  pluralName: 'import jobs',
  idSuffix: 'batch',
  tagOption: '--batch',
  parts: {
    repository: Part.batchRepository,
    executionRole: Part.importExecutionRole,
    taskRole: Part.importTaskRole,
    logGroup: Part.importLogGroup,
  },
  applies: hasUserImport,
  readContainer: (environment) => environment.jobContainer(),
  // A deployment does not remove a revision that was registered by hand, and AWS Batch runs the newest active one.
  restoreCommand: (environment, { definitionArn }) =>
    environment.awsCommand('batch deregister-job-definition', `--job-definition ${familyAndRevision(definitionArn)}`),
};
