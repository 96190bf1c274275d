import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Message } from '@infra/common/message';
import { workspacePatterns } from '@infra/commands/workspace';
import type { ApplicationFolder } from './application-folder';
import { forcedSecureCookies, isMiddleware, mentions, redirectsToTask, variablesRead } from './find-in-source';
import type { Place } from './source-file';
import { words } from './words';

/** A fact that decides whether an application serves. */
export interface Fact {
  readonly name: Message;
  /** `change`: it does not serve as it is; `look`: a person has to know it. */
  readonly state: 'well' | 'change' | 'look';
  readonly sentence: Message;
  readonly places: readonly Place[];
}

type Result = Omit<Fact, 'name'>;

/** Names of environment variables, with the places that read them. */
type Variables = ReadonlyMap<string, readonly Place[]>;

/** The nine facts, in the order in which they stop a first deployment. */
export function factsOf(application: ApplicationFolder): Fact[] {
  const variables = variablesOf(application);
  const { sources } = application;
  const results: Readonly<Record<keyof typeof words.facts, Result>> = {
    health: health(application),
    database: database(variables),
    auth: auth(application, variables),
    cookies: changeAt(forcedSecureCookies(sources), words.forcedCookies),
    redirects: changeAt(redirectsToTask(sources), words.redirectsToTask),
    idle: idleConnections(application),
    publicVariables: publicVariables(variables),
    packageManager: packageManager(application),
    workspace: workspace(application),
  };
  return Object.entries(results).map(([name, result]) => ({
    name: words.facts[name as keyof typeof words.facts],
    ...result,
  }));
}

const resultOf =
  (state: Fact['state']) =>
  (sentence: Message, places: readonly Place[] = []): Result => ({ state, sentence, places });
const well = resultOf('well');
const change = resultOf('change');
const look = resultOf('look');

/** A change if there are places for it. */
function changeAt(places: readonly Place[], sentence: Message): Result {
  return places.length === 0 ? well(words.nothingToDo) : change(sentence, places);
}

export function isNextApp({ packages }: ApplicationFolder): boolean {
  return Object.hasOwn(packages, 'next');
}

/** Routes of Next.js for /api/health; a folder in parentheses is no part of the address. */
const HEALTH_ROUTE =
  /^(?:src\/)?(?:app\/(?:\([^/]+\)\/)*api\/(?:\([^/]+\)\/)*health\/route|pages\/api\/health(?:\/index)?)\.[jt]sx?$/;

function health({ paths, sources }: ApplicationFolder): Result {
  const routes = paths.filter((path) => HEALTH_ROUTE.test(path));
  const middleware = paths.filter(isMiddleware);
  if (routes.length > 0 && middleware.length === 0) return well(words.healthRoute);
  if (routes.length > 0 || mentions(sources, '/api/health')) {
    return look(words.healthToSee, [...routes, ...middleware]);
  }
  return change(words.noHealthRoute);
}

/** Variables that the code and Prisma's schemas read, with the places. */
export function variablesOf({ folder, paths, sources }: ApplicationFolder): Map<string, Place[]> {
  const found = variablesRead(sources);
  for (const path of paths.filter((each) => each.endsWith('.prisma'))) {
    for (const [, name = ''] of readFileSync(join(folder, path), 'utf8').matchAll(/\benv\("(\w+)"\)/g)) {
      found.set(name, [...(found.get(name) ?? []), path]);
    }
  }
  return found;
}

/** Addresses of a database, such as POSTGRES_URL; not those of tests. */
const DATABASE_ADDRESS =
  /^(?!TEST_|SHADOW_)(?:\w+_)?(?:DATABASE|POSTGRES|POSTGRESQL|PG|DB)_(?:\w+_)?(?:URL|URI|DSN|CONNECTION_STRING)$/;

function database(variables: Variables): Result {
  if (variables.has('DATABASE_URL')) return well(words.nothingToDo);
  const names = [...variables.keys()].filter((name) => DATABASE_ADDRESS.test(name));
  const places = names.flatMap((name) => variables.get(name) ?? []);
  if (names.length > 0) return change(words.otherDatabaseVariable({ names }), places);
  return look(words.noDatabaseVariable);
}

/** Auth.js, by its package for Next.js and for the others, and Better Auth. */
const AUTH = /^(?:next-auth|@auth\/(?:core|express|sveltekit|solid-start|qwik)|better-auth)$/;

function auth({ packages }: ApplicationFolder, variables: Variables): Result {
  const name = Object.keys(packages).find((each) => AUTH.test(each));
  if (name === undefined) return well(words.nothingToDo);
  if (name === 'better-auth') return look(words.betterAuth);
  if (name !== 'next-auth') return change(words.authOutsideNext({ name }));
  const places = variables.get('AUTH_SECRET');
  if (places) return change(words.authSecret, places);
  return well(words.nothingToDo);
}

function idleConnections(application: ApplicationFolder): Result {
  const { start = '' } = application.manifest.scripts;
  if (/--keepAliveTimeout|standalone/.test(start)) return well(words.keepsIdle);
  if (/\bnext start\b/.test(start)) return change(words.nextStart({ start }), ['package.json']);
  if (mentions(application.sources, 'keepAliveTimeout')) return well(words.keepsIdle);
  return isNextApp(application) || start === '' ? look(words.otherStart({ start })) : change(words.ownServer);
}

function publicVariables(variables: Variables): Result {
  const names = publicNames(variables);
  if (names.length === 0) return well(words.nothingToDo);
  return look(
    words.publicVariables({ names }),
    names.map((name) => variables.get(name)?.[0] ?? ''),
  );
}

/** Variables that Next.js builds into what browsers get. */
export function publicNames(variables: ReadonlyMap<string, unknown>): string[] {
  return [...variables.keys()].filter((name) => name.startsWith('NEXT_PUBLIC_')).sort();
}

function packageManager({ packageManager: program, lockFile }: ApplicationFolder): Result {
  if (lockFile === undefined) return change(words.noLockFile);
  return program === 'npm' || program === 'pnpm' ? well(words.nothingToDo) : look(words.otherManager({ lockFile }));
}

function workspace({ root, folder, manifest }: ApplicationFolder): Result {
  if (root !== folder) return look(words.workspaceAbove({ root }));
  const startsNothing = manifest.scripts['start'] === undefined && workspacePatterns(folder).length > 0;
  return startsNothing ? change(words.workspaceHere) : well(words.nothingToDo);
}
