import { makeTemporaryFolder, removeOwnPath } from '../../src/own-paths';

/** Makes a temporary folder that is removed after the tests of the file, or of the `describe`, that calls this. */
export function temporaryFolder(prefix: string): string {
  const folder = makeTemporaryFolder(prefix);
  afterAll(() => {
    removeOwnPath(folder);
  });
  return folder;
}
