import type { Section } from '../table';

/** What one part of an environment says: what is shown, and what of it is not well. */
export interface Part {
  readonly rows: Section['rows'];
  readonly wrong: readonly string[];
}

/** What comes after the last slash or colon of an ARN. */
export function tail(arn = ''): string {
  return arn.split(/[/:]/).at(-1) ?? '';
}

/** An image's tag and the definition that names it: `v1 (prooflink-dev-task:2)`. */
export function version(image = '', definition = ''): string {
  return `${tail(image)} (${definition.split('/').at(-1) ?? ''})`;
}
