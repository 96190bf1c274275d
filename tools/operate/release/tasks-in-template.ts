import { isDeepStrictEqual } from 'node:util';
import type { Resource, Template } from '@infra/common/template';
import { valueAtPath } from '@infra/common/values';
import { MIGRATION_TIMEOUT as MIGRATION_TIMEOUT_METADATA_KEY } from '../../../lib/contract';

/** The migration that a template has. */
export interface ConfiguredMigration {
  /** Seconds after which a release stops the task of the migration. */
  readonly timeoutSeconds: number;
}

/**
 * The migration of a template, whose timeout the app writes into the metadata of the migration's task definition.
 * `undefined`: no migration is configured.
 */
export function migrationIn(template: Template, migrationFamily: string): ConfiguredMigration | undefined {
  const taskDefinition = findTaskDefinition(template, migrationFamily);
  const timeoutSeconds = taskDefinition?.Metadata?.[MIGRATION_TIMEOUT_METADATA_KEY];
  return timeoutSeconds === undefined ? undefined : { timeoutSeconds: Number(timeoutSeconds) };
}

/** Processor of the web tasks as the template has it, `X86_64` or `ARM64`. `undefined`: the template has no web task. */
export function cpuArchitectureIn(template: Template, taskFamily: string): unknown {
  const webTask = findTaskDefinition(template, taskFamily);
  return valueAtPath(webTask?.Properties, 'RuntimePlatform', 'CpuArchitecture');
}

/**
 * True if ECS may replace the web tasks when the next template is deployed with the same image: their task definition or
 * any property of a service differs. A few properties of a service, such as DesiredCount, replace no task; a difference in
 * them counts, too.
 */
export function mayReplaceWebTasks(deployedTemplate: Template, nextTemplate: Template, taskFamily: string): boolean {
  const deployedProperties = webPropertiesIn(deployedTemplate, taskFamily);
  const nextProperties = webPropertiesIn(nextTemplate, taskFamily);
  return !isDeepStrictEqual(deployedProperties, nextProperties);
}

/** Properties of a resource. `undefined`: it has none, or does not exist. */
type Properties = Resource['Properties'];

/** Properties of the web tasks' definition, and of the services. */
interface WebProperties {
  readonly taskDefinition: Properties;
  readonly services: readonly Properties[];
}

function webPropertiesIn(template: Template, taskFamily: string): WebProperties {
  const services = resourcesOfType(template, 'AWS::ECS::Service');
  return {
    taskDefinition: findTaskDefinition(template, taskFamily)?.Properties,
    services: services.map(({ Properties }) => Properties),
  };
}

function findTaskDefinition(template: Template, family: string): Resource | undefined {
  const taskDefinitions = resourcesOfType(template, 'AWS::ECS::TaskDefinition');
  return taskDefinitions.find(({ Properties }) => Properties?.['Family'] === family);
}

function resourcesOfType({ Resources }: Template, type: string): Resource[] {
  return Object.values(Resources).filter(({ Type }) => Type === type);
}
