import { join } from 'node:path';
import { runFolder } from '@infra/testing/run-folder';

/** A folder of this run, which Jest's globalTeardown deletes with what is around it. */
export const scratch = join(runFolder, 'life-cycle');

/** The cloud assemblies: of the app as it is written, and with what `changed-config.ts` changes. */
export const apps = { written: join(scratch, 'written'), changed: join(scratch, 'changed') };
