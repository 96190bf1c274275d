import './make-run-folder';

/** Jest's globalSetup of tests that read no synthesized app: the folder of the run alone. */
// eslint-disable-next-line no-restricted-syntax -- Jest asks for a default export
export default function globalSetup(): void {
  // The import has made it.
}
