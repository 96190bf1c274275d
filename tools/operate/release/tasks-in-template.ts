import { isDeepStrictEqual } from 'node:util';
import type { Resource } from '@infra/common/template';
import { valueAtPath } from '@infra/common/values';
import { MIGRATION_TIMEOUT as MIGRATION_TIMEOUT_METADATA_KEY, Part } from '../../../lib/contract';
import { findPart, requirePart, type StackTemplate } from '../../deployed/template-parts';

/** The migration that a template has. */
export interface ConfiguredMigration {
  /** Seconds after which a release stops the task of the migration. */
  readonly timeoutSeconds: number;
}

/**
 * The migration of a template, whose timeout the app writes into the metadata of the migration's task definition.
 * `undefined`: the template has no migration.
 *
 * @param isConfigured - True if the config has a migration: then the template must have it.
 */
export function migrationIn(stackTemplate: StackTemplate, isConfigured: boolean): ConfiguredMigration | undefined {
  const find = isConfigured ? requirePart : findPart;
  const [, migration] = find(stackTemplate, Part.migration) ?? [];
  const timeoutSeconds = migration?.Metadata?.[MIGRATION_TIMEOUT_METADATA_KEY];
  return timeoutSeconds === undefined ? undefined : { timeoutSeconds: Number(timeoutSeconds) };
}

/** Processor of the web tasks as the template has it, `X86_64` or `ARM64`. */
export function cpuArchitectureIn(stackTemplate: StackTemplate): unknown {
  const [, webTask] = requirePart(stackTemplate, Part.webTaskDefinition);
  return valueAtPath(webTask.Properties, 'RuntimePlatform', 'CpuArchitecture');
}

/**
 * True if ECS may replace the web tasks when the next template is deployed with the same image: their task definition or
 * any property of the web service differs. A few properties of a service, such as DesiredCount, replace no task; a
 * difference in them counts, too.
 */
export function mayReplaceWebTasks(deployedTemplate: StackTemplate, nextTemplate: StackTemplate): boolean {
  return !isDeepStrictEqual(webPropertiesIn(deployedTemplate), webPropertiesIn(nextTemplate));
}

/** Properties of the web tasks' definition, and of the web service. */
interface WebProperties {
  readonly taskDefinition: Resource['Properties'];
  readonly service: Resource['Properties'];
}

function webPropertiesIn(stackTemplate: StackTemplate): WebProperties {
  const [, taskDefinition] = requirePart(stackTemplate, Part.webTaskDefinition);
  const [, service] = requirePart(stackTemplate, Part.webService);
  return { taskDefinition: taskDefinition.Properties, service: service.Properties };
}
