import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CannotTellError } from '@infra/common/outcome';
import type { Template } from '@infra/common/template';
import { parseTemplate, type StackTemplate } from '../../deployed/template-parts';
import { words } from './words';

/**
 * Reads the template of a stack from a cloud assembly.
 *
 * @throws CannotTellError if the file does not exist, or is not a template: a synth fixes both.
 */
export function readStackTemplate(assemblyFolder: string, stackName: string): Template {
  const file = join(assemblyFolder, templateFileOf(stackName));
  const template = parseTemplate(readIfExists(file));
  if (template) return template;
  throw new CannotTellError(words.noTemplate({ file, assemblyFolder }));
}

/** A template of a cloud assembly, as parts are found in it. */
export function nextStackTemplate(stackName: string, template: Template): StackTemplate {
  return { template, stackName, templateName: templateFileOf(stackName) };
}

function templateFileOf(stackName: string): string {
  return `${stackName}.template.json`;
}

/** Content of a file; empty if the file does not exist. */
function readIfExists(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
