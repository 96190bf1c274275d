import { chmodSync, mkdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isOwnPath, killedRunsAdvice, makeTemporaryFolder } from '@infra/common/own-paths';

const PREFIX = 'prooflink-tests-';

/**
 * Makes the folder of a run, once for all rounds of a process in watch mode. Jest's workers inherit the variable, which
 * sets the variable that they read. Temporary files of the run get a folder of their own in it, which globalTeardown wants to
 * find empty. Both go when the process ends, also where Jest calls globalTeardown twice or never (--bail, a failing
 * globalSetup, watch mode).
 */
const inherited = process.env['PROOFLINK_TEST_RUN'] ?? '';
/** As root, databases of the local AWS run as another user, and must get through to their files. */
const isRoot = process.getuid?.() === 0;
if (!isOwnPath(inherited)) {
  // A run within a run stays where the outer one looks for its files.
  if (isRoot && inherited === '' && isClosed(tmpdir())) process.env['TMPDIR'] = '/tmp';
  const advice = killedRunsAdvice(PREFIX);
  if (advice) console.warn(advice);
  const folder = (process.env['PROOFLINK_TEST_RUN'] = makeTemporaryFolder(PREFIX));
  if (isRoot) chmodSync(folder, 0o711);
}

const temporary = join(process.env['PROOFLINK_TEST_RUN'] ?? '', 'tmp');
mkdirSync(temporary, { recursive: true });
if (isRoot) chmodSync(temporary, 0o711);
process.env['TMPDIR'] = temporary;
// From Node 22 on, programs such as Prettier keep compiled code: by default among the temporary files, here where bin does.
process.env['NODE_COMPILE_CACHE'] = join(__dirname, '../../../node_modules/.cache/node');

/** True if other users do not get through a folder, or one above it. */
function isClosed(folder: string): boolean {
  const parent = dirname(folder);
  const lacksWay = (statSync(folder).mode & 0o001) === 0;
  return lacksWay || (parent !== folder && isClosed(parent));
}
