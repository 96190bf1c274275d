import { rmSync } from 'node:fs';
import { assembly } from './assembly';

/** Jest's globalTeardown: removes what globalSetup wrote. */
// eslint-disable-next-line no-restricted-syntax -- Jest asks for a default export
export default function globalTeardown(): void {
  rmSync(assembly, { recursive: true, force: true });
}
