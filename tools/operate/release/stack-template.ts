import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CannotTellError } from '@infra/common/outcome';
import type { Template } from '@infra/common/template';
import { isRecord, parseJson } from '@infra/common/values';

/** Parses a text as a CloudFormation template. `undefined`: it is not JSON, or has no Resources. */
export function parseTemplate(text: string): Template | undefined {
  const parsed = parseJson(text);
  if (!isRecord(parsed) || !isRecord(parsed['Resources'])) {
    return undefined;
  }
  return parsed as unknown as Template;
}

/**
 * Reads the template of a stack from a cloud assembly.
 *
 * @throws CannotTellError if the file does not exist, or is not a template: a synth fixes both.
 */
export function readStackTemplate(assemblyFolder: string, stackName: string): Template {
  const file = join(assemblyFolder, `${stackName}.template.json`);
  const template = parseTemplate(readIfExists(file));
  if (template) return template;
  throw new CannotTellError(`${file} is no template. Make it with: npx cdk synth -o ${assemblyFolder}`);
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
