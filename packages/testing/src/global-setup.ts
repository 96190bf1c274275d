// First: it makes the folder of the run, which the other files read.
import './make-run-folder';
import { synthesizeInto } from '../../../test/support/global-setup';
import { runFolder } from './run-folder';

/** Jest's globalSetup: synthesizes once for the whole run. */
// eslint-disable-next-line no-restricted-syntax -- Jest asks for a default export
export default function globalSetup(): void {
  synthesizeInto(runFolder);
}
