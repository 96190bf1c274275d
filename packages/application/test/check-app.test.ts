import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { temporaryFolder } from '@infra/common/testing';
import { readApplication } from '../src/application-folder';
import { runCheckApp } from '../src/check-app';
import { factsOf } from '../src/facts';

const root = temporaryFolder('check-app-');

/** Writes an application of Next.js with these files; its folder. */
function application(files: Readonly<Record<string, string>>, manifest: object = {}, folder = ''): string {
  const above = mkdtempSync(join(root, 'app-'));
  const own = { dependencies: { next: '15.5.4' }, scripts: { start: 'next start' }, ...manifest };
  const all = { [join(folder, 'package.json')]: JSON.stringify(own), ...files };
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(above, path)), { recursive: true });
    writeFileSync(join(above, path), text);
  }
  return join(above, folder);
}

/** State, sentence and places of a fact. */
function fact(name: string, folder: string): string {
  const { state, sentence, places } = factsOf(readApplication(folder)).find((each) => each.name === name) ?? {};
  return `${state}: ${sentence} ${places?.join(' ')}`;
}

const HEALTH = { 'src/app/(public)/api/health/route.ts': 'export const GET = () => new Response();' };
const LOCK = { 'package-lock.json': '{}' };

/** A fact of an application with these files, or with this package.json. */
interface Row {
  readonly name: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly manifest?: object;
  /** Part of the state, the sentence and the places. */
  readonly is: string;
}

/** Manifests with a package, and with a start script. */
const using = (name: string, version: string) => ({ dependencies: { [name]: version } });
const starting = (start: string) => ({ scripts: { start } });

test.each<Row>([
  { name: 'Health route', files: HEALTH, is: 'well' },
  { name: 'Health route', files: { ...HEALTH, 'src/proxy.ts': '' }, is: 'look: /api/health is in the code' },
  { name: 'Health route', files: { 'app/health/route.ts': '' }, is: 'change: Nothing answers GET /api/health' },
  { name: 'Health route', files: { 'server.js': "app.get('/api/health', f)" }, is: 'look' },
  { name: 'Health route', files: { 'server.js': '// app.get("/api/health", f)' }, is: 'change' },
  { name: 'Database', files: { 'prisma/schema.prisma': 'url = env("DATABASE_URL")' }, is: 'well' },
  {
    name: 'Database',
    files: { 'db.ts': "connect(process.env['POSTGRES_URL'])" },
    is: "databaseVariable: 'POSTGRES_URL'. db.ts:1",
  },
  { name: 'Database', files: { 'db.ts': 'const { DB_URL } = process.env;' }, is: "databaseVariable: 'DB_URL'" },
  {
    name: 'Database',
    files: { 'test/db.ts': 'process.env.POSTGRES_URL', 'db.test.ts': 'process.env.DB_URL' },
    is: 'look: No',
  },
  { name: 'Sign-in', manifest: using('next-auth', '^4.24.7'), is: 'well' },
  {
    name: 'Sign-in',
    manifest: using('next-auth', '5.0.0'),
    files: { 'a.ts': 'getToken({ secret: process.env.AUTH_SECRET })' },
    is: 'change: The code reads AUTH_SECRET',
  },
  { name: 'Sign-in', manifest: using('@auth/express', '0.12.1'), is: 'change: @auth/express takes' },
  { name: 'Sign-in', manifest: using('better-auth', '1.4.0'), is: 'look: better-auth reads BETTER_AUTH_SECRET' },
  {
    name: 'Cookies',
    files: { 'a.ts': "\nset('a', 'b', { httpOnly: true, secure: true });" },
    is: 'change: Over plain HTTP, as dev has it without a domain, browsers drop these',
  },
  {
    name: 'Cookies',
    files: {
      'a.ts': 'getToken({ secureCookie: !isDevelopment });',
      'b.ts': "export const isDevelopment = process.env.NODE_ENV === 'development';",
    },
    is: 'a.ts:1',
  },
  // A mail server's, and one that follows the address.
  { name: 'Cookies', files: { 'a.ts': "mail({ host: 'a', secure: true });" }, is: 'well' },
  { name: 'Cookies', files: { 'a.ts': "f({ httpOnly: true, secure: url.startsWith('https') });" }, is: 'well' },
  {
    name: 'Redirects',
    files: { 'app/a/route.ts': "NextResponse.redirect(new URL('/b', request.url));" },
    is: 'app/a/route.ts:1',
  },
  {
    name: 'Redirects',
    files: { 'a.ts': 'const url = req.nextUrl.clone();\nNextResponse.redirect(url);' },
    is: 'a.ts:2',
  },
  // Next.js makes it relative.
  {
    name: 'Redirects',
    files: { 'src/middleware.ts': "NextResponse.redirect(new URL('/b', request.url));" },
    is: 'well',
  },
  { name: 'Idle connections', is: 'change: "next start" closes idle connections' },
  { name: 'Idle connections', manifest: starting('next start --keepAliveTimeout 65000'), is: 'well' },
  {
    name: 'Idle connections',
    manifest: { dependencies: {}, ...starting('node a.js') },
    is: 'change: The server closes',
  },
  { name: 'NEXT_PUBLIC_', files: { 'a.tsx': 'f(process.env.NEXT_PUBLIC_KEY)' }, is: 'look: NEXT_PUBLIC_KEY: built' },
  { name: 'Packages', files: { 'bun.lock': '' }, is: 'look: bun.lock' },
  { name: 'Packages', is: 'change: There is no lock file' },
  {
    name: 'Workspace',
    manifest: { workspaces: ['apps/*'], scripts: {} },
    is: 'change: The folder is the root of a workspace',
  },
])('$name: $is', ({ name, files = {}, manifest = {}, is }) => {
  expect(fact(name, application(files, manifest))).toContain(is);
});

// A mistake in the package beside the folder is the application's, too; one that it does not use is not.
test('packages of the workspace are read if the application uses them', () => {
  const files = {
    'pnpm-workspace.yaml': "packages: ['tools/c++/*', 'apps/*', 'packages/**']",
    'pnpm-lock.yaml': '',
    'packages/lib/db/package.json': '{ "name": "@a/db" }',
    'packages/lib/db/index.ts': 'connect(process.env.POSTGRES_URL)',
    'packages/other/package.json': '{ "name": "@a/other" }',
    'packages/other/index.ts': 'connect(process.env.DATABASE_URL)',
  };
  const folder = application(files, { dependencies: { '@a/db': 'workspace:*' } }, 'apps/web');
  expect(fact('Database', folder)).toContain("'POSTGRES_URL'. ../../packages/lib/db/index.ts:1");
  expect(fact('Packages', folder)).toContain('well');
  expect(fact('Workspace', folder)).toContain(`look: Its workspace is ${join(folder, '../..')}`);
});

test('the exit code is 1 if something has to change, and the first line counts the files that were read', () => {
  const wellDone = { ...HEALTH, ...LOCK, 'db.ts': 'process.env.DATABASE_URL' };
  const start = { scripts: { start: 'next start --keepAliveTimeout 65000' } };
  const folder = application(wellDone, start);
  expect(runCheckApp(folder)).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining(`${folder}: 2 source files`) as string,
  });
  expect(runCheckApp(application({})).exitCode).toBe(1);
  expect(() => runCheckApp(root)).toThrow('has no package.json that can be read');
});
