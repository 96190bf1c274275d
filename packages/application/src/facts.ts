import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Message } from '@infra/common/message';
import type { ApplicationFolder } from './application-folder';
import { forcedSecureCookies, mentions, redirectsToTask, variablesRead } from './find-in-source';
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

const VARIABLE = 'DATABASE_URL';

/** The nine facts, in the order in which they stop a first deployment. */
export function factsOf(application: ApplicationFolder): Fact[] {
  const variables = variablesOf(application);
  const results: Readonly<Record<keyof typeof words.facts, Result>> = {
    health: health(application),
    database: database(variables),
    auth: auth(application),
    cookies: cookies(application),
    redirects: redirects(application),
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

function well(sentence: Message, places: readonly Place[] = []): Result {
  return { state: 'well', sentence, places };
}

function change(sentence: Message, places: readonly Place[] = []): Result {
  return { state: 'change', sentence, places };
}

function look(sentence: Message, places: readonly Place[] = []): Result {
  return { state: 'look', sentence, places };
}

export function isNextApp({ packages }: ApplicationFolder): boolean {
  return Object.hasOwn(packages, 'next');
}

/** Routes of Next.js for /api/health; a folder in parentheses is no part of the address. */
const HEALTH_ROUTE =
  /^(?:src\/)?(?:app\/(?:\([^/]+\)\/)*api\/(?:\([^/]+\)\/)*health\/route|pages\/api\/health(?:\/index)?)\.[jt]sx?$/;

function health(application: ApplicationFolder): Result {
  const routes = application.paths.filter((path) => HEALTH_ROUTE.test(path));
  if (routes.length > 0) return well(words.healthRoute, routes);
  if (mentions(application.sources, '/api/health')) return look(words.healthMentioned);
  return change(isNextApp(application) ? words.noHealthRouteOfNext : words.noHealthRoute);
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
/** Parts of an address. */
const DATABASE_PART = /^(?:PG|DB_|DATABASE_|POSTGRES_)(?:HOST|HOSTNAME|PASSWORD)$/;

function database(variables: ReadonlyMap<string, readonly Place[]>): Result {
  const names = [...variables.keys()].filter((name) => DATABASE_ADDRESS.test(name));
  const places = names.flatMap((name) => variables.get(name) ?? []);
  if (names.includes(VARIABLE)) return well(words.databaseUrl, variables.get(VARIABLE));
  if (names.length > 0) return change(words.otherDatabaseVariable({ names }), places);
  const parts = [...variables.keys()].filter((name) => DATABASE_PART.test(name));
  if (parts.length > 0) return change(words.databaseParts({ names: parts }), variables.get(parts[0] ?? ''));
  return look(words.noDatabaseVariable);
}

/** Auth.js, by its package for Next.js and for the others. */
const AUTH_JS = /^(?:next-auth|@auth\/(?:core|express|sveltekit|solid-start|qwik))$/;

function auth(application: ApplicationFolder): Result {
  const [name, version = ''] = Object.entries(application.packages).find(([each]) => AUTH_JS.test(each)) ?? [];
  if (name === undefined) return well(words.noAuth);
  if (name !== 'next-auth') return change(words.authOutsideNext({ name }));
  const isFour = /^\D*4\b/.test(version);
  return well(isFour ? words.authFour({ version }) : words.authFive({ version }));
}

function cookies({ sources }: ApplicationFolder): Result {
  const places = forcedSecureCookies(sources);
  return places.length === 0 ? well(words.noForcedCookies) : change(words.forcedCookies, places);
}

function redirects({ sources }: ApplicationFolder): Result {
  const places = redirectsToTask(sources);
  return places.length === 0 ? well(words.noRedirects) : change(words.redirectsToTask, places);
}

function idleConnections(application: ApplicationFolder): Result {
  const start = application.manifest.scripts['start'];
  if (start === undefined) return look(words.noStart);
  if (/\bnext start\b/.test(start)) {
    return /--keepAliveTimeout/.test(start)
      ? well(words.keepsIdle)
      : change(words.nextStart({ start }), ['package.json']);
  }
  if (isNextApp(application) && /standalone/.test(start)) return well(words.standaloneKeepsIdle);
  if (mentions(application.sources, 'keepAliveTimeout')) return well(words.keepsIdle);
  return isNextApp(application) ? look(words.otherStart({ start })) : change(words.ownServer);
}

function publicVariables(variables: ReadonlyMap<string, readonly Place[]>): Result {
  const names = publicNames(variables);
  if (names.length === 0) return well(words.noPublicVariables);
  return look(
    words.publicVariables({ names }),
    names.map((name) => variables.get(name)?.[0] ?? ''),
  );
}

/** Variables that Next.js builds into what browsers get. */
export function publicNames(variables: ReadonlyMap<string, unknown>): string[] {
  return [...variables.keys()].filter((name) => name.startsWith('NEXT_PUBLIC_')).sort();
}

function packageManager(application: ApplicationFolder): Result {
  const { packageManager: program, lockFile } = application;
  if (program === undefined || lockFile === undefined) return change(words.noLockFile);
  return program === 'npm' || program === 'pnpm'
    ? well(words.locked({ lockFile }))
    : look(words.otherManager({ lockFile }));
}

function workspace({ isWorkspace, root, folder, manifest }: ApplicationFolder): Result {
  if (root !== folder) return look(words.workspaceAbove({ root }));
  const isApplication = manifest.scripts['start'] !== undefined;
  return isWorkspace && !isApplication ? change(words.workspaceHere) : well(words.noWorkspace);
}
