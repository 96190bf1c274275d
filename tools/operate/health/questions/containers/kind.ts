import { familyAndRevision } from '../../../../deployed/arn';
import type { Container } from '../../../../deployed/containers';
import type { Environment } from '../../../../deployed/environment';
import type { Answer } from '../../answer';
import { hasResource, type Question } from '../../question';

/** A kind of container that the stack runs on Fargate. */
export interface ContainerKind {
  /** Noun of its tasks in sentences. */
  readonly noun: 'web tasks' | 'import jobs';
  /** Suffix of the questions' ids. */
  readonly idSuffix: 'app' | 'batch';
  /** The option of `release` for the tag of its image. */
  readonly tagOption: '--app' | '--batch';
  readonly applies?: Question['applies'];
  readonly readContainer: (environment: Environment) => Promise<Container>;
  /** Command after which the tasks use the stack's own definition. */
  readonly restoreDefinition: (environment: Environment, container: Container) => string;
}

/** Checks a container of one kind; `undefined` where nothing is wrong. */
export type ContainerCheck = (
  environment: Environment,
  container: Container,
  kind: ContainerKind,
) => Promise<Answer | undefined> | Answer | undefined;

export const WEB_TASKS: ContainerKind = {
  noun: 'web tasks',
  idSuffix: 'app',
  tagOption: '--app',
  readContainer: (environment) => environment.webContainer(),
  restoreDefinition: (environment) => environment.redeployCommand,
};

export const IMPORT_JOBS: ContainerKind = {
  noun: 'import jobs',
  idSuffix: 'batch',
  tagOption: '--batch',
  applies: hasResource('AWS::Batch::JobQueue'),
  readContainer: (environment) => environment.jobContainer(),
  // A deployment leaves a revision alone that it did not create.
  restoreDefinition: (environment, { definitionArn }) =>
    environment.awsCommand('batch deregister-job-definition', `--job-definition ${familyAndRevision(definitionArn)}`),
};
