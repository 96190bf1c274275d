import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { CannotTellError } from '@infra/common/outcome';
import type { Resource, Template } from '@infra/common/template';
import { isRecord, json, within } from '@infra/common/values';
import { MIGRATION_TIMEOUT } from '../../../lib/contract';

/** Reads a text as a template; `undefined` if it is none. */
export function parseTemplate(text: string): Template | undefined {
  const parsed = json(text);
  if (!isRecord(parsed) || !isRecord(parsed['Resources'])) {
    return undefined;
  }
  return parsed as unknown as Template;
}

/**
 * Reads the template of a stack in a cloud assembly.
 *
 * @throws CannotTellError if the assembly has none.
 */
export function readStackTemplate(assembly: string, stackName: string): Template {
  const file = join(assembly, `${stackName}.template.json`);
  const template = parseTemplate(readIfExists(file));
  if (template) return template;
  throw new CannotTellError(`${file} is no template. Make it with: npx cdk synth -o ${assembly}`);
}

function readIfExists(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

/** Seconds after which the migration is stopped, as the template has them; `undefined` if it has no migration. */
export function migrationTimeoutIn(template: Template, migrationFamily: string): unknown {
  const migration = findTaskDefinition(template, migrationFamily);
  return migration?.Metadata?.[MIGRATION_TIMEOUT];
}

/** Processor of the web tasks, as the template has it. */
export function cpuArchitectureIn(template: Template, taskFamily: string): unknown {
  const webTask = findTaskDefinition(template, taskFamily);
  return within(webTask?.Properties, 'RuntimePlatform', 'CpuArchitecture');
}

/** True if the deployment of a template makes ECS replace the web tasks, even under the image that runs. */
export function changesWebTasks(deployed: Template, next: Template, taskFamily: string): boolean {
  return !isDeepStrictEqual(webPropertiesIn(deployed, taskFamily), webPropertiesIn(next, taskFamily));
}

/** Properties whose change starts a deployment of ECS. */
function webPropertiesIn(template: Template, taskFamily: string) {
  const services = resourcesOfType(template, 'AWS::ECS::Service');
  return {
    webTask: findTaskDefinition(template, taskFamily)?.Properties,
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
