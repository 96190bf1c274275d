import '@infra/commands/test/support/run-folder';

/** Jest's globalSetup without the templates, which take three seconds and no test here reads. */
// eslint-disable-next-line no-restricted-syntax -- Jest asks for a default export
export default function globalSetup(): void {
  // The import makes the folder.
}
