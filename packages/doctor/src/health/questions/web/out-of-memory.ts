import type { Environment } from '@infra/operate/deployed/environment';
import { words } from './words';

/** Reason of ECS and AWS Batch for a container that ended: `OutOfMemoryError: Container killed due to memory usage`. */
export const OUT_OF_MEMORY = /OutOfMemory/;

/** Fix for a container that ended for this reason. */
export function raiseMemory({ environmentName }: Environment, field: string): string {
  return words.moreMemory({ environmentName, field });
}
