import type { DeployEvent } from './event';
import { RefusedError } from './refused-error';

/** Inputs of a run of the workflow Deploy, by their names. An empty text stands for an input that was left out. */
type Inputs = Readonly<Record<string, string>>;

/** Docker's rule for tags. */
const IMAGE_TAG = /^\w[\w.-]{0,127}$/;

/**
 * Choices for an image that was pushed before the running one: whether `release` runs its migration. Every other text
 * leaves that to `release`.
 */
const MIGRATION_CHOICES = ['migration', 'no-migration'];

/** Inputs that the jobs of the workflow pass to `release`. */
export interface DeployInputs extends Inputs {
  readonly 'app-image-tag': string;
  readonly 'batch-image-tag': string;
  readonly migration: string;
}

/** Reads the inputs for `release`. They are empty unless a person started the workflow by a dispatch. */
export function deployInputsOf(event: DeployEvent): DeployInputs {
  const inputs = event.kind === 'dispatch' ? event.inputs : {};
  const migration = inputs['migration'] ?? '';
  return {
    'app-image-tag': inputs['app-image-tag'] ?? '',
    'batch-image-tag': inputs['batch-image-tag'] ?? '',
    migration: MIGRATION_CHOICES.includes(migration) ? migration : '',
  };
}

/**
 * Checks the inputs for tags of images.
 *
 * @throws RefusedError if one cannot be a tag.
 */
export function assertImageTags(inputs: Inputs): void {
  const imageTags = nonEmptyInputs(inputs).filter(([name]) => name.endsWith('-image-tag'));
  for (const [name, tag] of imageTags) {
    if (IMAGE_TAG.test(tag)) continue;
    throw new RefusedError(
      `${name} "${tag}" is no tag of an image; write 128 letters, digits, ".", "_" and "-" at most.`,
    );
  }
}

export function nonEmptyInputs(inputs: Inputs): [name: string, value: string][] {
  return Object.entries(inputs).filter(([, value]) => value !== '');
}
