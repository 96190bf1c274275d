import { CannotTellError } from '@infra/common/outcome';
import { constructPath, type Resource, type Template } from '@infra/common/template';
import { isRecord, parseJson } from '@infra/common/values';
import type { StackPart } from '@infra/commands/app';
import { words } from './words';

/** A template of an environment's stack: the deployed one, or one that is to be deployed. */
export interface StackTemplate {
  readonly template: Template;
  readonly stackName: string;
  /** Name of the template in errors: that of its stack, or of its file. */
  readonly templateName: string;
}

/** A resource of a template, with its logical id. */
export type ResourceEntry = readonly [logicalId: string, resource: Resource];

/** Parses a text as a CloudFormation template. `undefined`: it is not JSON, or has no Resources. */
export function parseTemplate(text: string): Template | undefined {
  const parsed = parseJson(text);
  if (!isRecord(parsed) || !isRecord(parsed['Resources'])) {
    return undefined;
  }
  return parsed as unknown as Template;
}

/**
 * Finds a part by its construct path, and never by its type alone: a team may add further resources of the type.
 * `undefined`: the template has no such part.
 *
 * @throws CannotTellError if the template has resources, and none of them has a construct path.
 */
export function findPart({ template, ...names }: StackTemplate, part: StackPart): ResourceEntry | undefined {
  const resources = Object.entries(template.Resources);
  const hasNoPaths = resources.length > 0 && resources.every(([, resource]) => pathOf(resource) === '');
  if (hasNoPaths) throw new CannotTellError(words.parts.noPaths(names));
  return resources.find(([, resource]) => resource.Type === part.type && pathOf(resource) === part.path);
}

/**
 * Finds a part that must be there.
 *
 * @throws CannotTellError if it is not.
 */
export function requirePart(stackTemplate: StackTemplate, part: StackPart): ResourceEntry {
  const entry = findPart(stackTemplate, part);
  if (entry) return entry;
  throw partNotFound(stackTemplate, part);
}

export function partNotFound({ stackName, templateName }: StackTemplate, { path, type }: StackPart): CannotTellError {
  return new CannotTellError(words.parts.notFound({ templateName, stackName, path, type }));
}

/** Construct path of a resource below its stack; empty if it has none. */
function pathOf(resource: Resource): string {
  const instead = '';
  return constructPath(instead, resource);
}
