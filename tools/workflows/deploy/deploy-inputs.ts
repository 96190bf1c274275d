import type { DeployEvent } from './event';
import { RefusedError } from './refused-error';

/** Inputs of a workflow run, by their names; an empty text is no input. */
type Inputs = Readonly<Record<string, string>>;

/** Docker's rule for tags. */
const IMAGE_TAG = /^\w[\w.-]{0,127}$/;

const MIGRATION_CHOICES = ['migration', 'no-migration'];

/** Image tags, and the choice about the migration, as the workflow's jobs take them. Empty if not chosen. */
export interface DeployInputs extends Inputs {
  readonly 'app-image-tag': string;
  readonly 'batch-image-tag': string;
  readonly migration: string;
}

/** Reads the inputs that a deployment depends on; a merge has none. */
export function deployInputsOf(event: DeployEvent): DeployInputs {
  const inputs = event.kind === 'dispatch' ? event.inputs : {};
  const migration = inputs['migration'] ?? '';
  return {
    'app-image-tag': inputs['app-image-tag'] ?? '',
    'batch-image-tag': inputs['batch-image-tag'] ?? '',
    migration: MIGRATION_CHOICES.includes(migration) ? migration : '',
  };
}

/** Refuses a text that cannot be the tag of an image. */
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
