import { messagesOf } from '@infra/commands/messages';
import { ja } from './ja';

/** Texts of a sentence by their names. */
type Texts<Name extends string> = Readonly<Record<Name, string>>;

interface Names {
  readonly names: readonly string[];
}

/** Sentences on an application, in English. */
export const en = {
  checkHelp: {
    summary: "Reads an application's folder, and says what keeps it from serving.",
    details: 'Nothing of it is run. Each fact has the places in the code, and what to do.',
    exitCodes: {
      0: 'nothing has to change',
      1: 'something has to change',
      2: 'could not be read',
    },
  },
  folder: "the application's folder, with its package.json",

  workflowHelp: {
    summary: "Prints the workflow and the Dockerfiles for an application's repository.",
    details: 'Without a file it lists them, with the commands that write them. They follow what the folder has.',
    exitCodes: {
      0: 'printed',
      2: 'could not be made',
    },
  },
  file: 'which one to print',

  noFolder: ({ path }: Texts<'path'>) => `${path} is no folder.`,
  noManifest: ({ path }: Texts<'path'>) =>
    `${path} has no package.json that can be read: only applications of Node.js are known.`,

  read: ({ folder, files }: Texts<'folder'> & { readonly files: number }) =>
    `${folder}: ${files} source file${files === 1 ? '' : 's'} read, without tests and packages`,
  unread: ({ paths }: { readonly paths: readonly string[] }) => `Too large, and not read: ${paths.join(', ')}`,
  morePlaces: ({ more }: { readonly more: number }) => `and ${more} more`,

  facts: {
    health: 'Health route',
    database: 'Database',
    auth: 'Sign-in',
    cookies: 'Cookies',
    redirects: 'Redirects',
    idle: 'Idle connections',
    publicVariables: 'NEXT_PUBLIC_',
    packageManager: 'Packages',
    workspace: 'Workspace',
  },

  healthRoute: 'GET /api/health has a route. It must answer 200 without a session.',
  healthMentioned: '/api/health is in the code: see that GET /api/health answers 200 without a session.',
  noHealthRouteOfNext:
    'Nothing answers GET /api/health, so that no task becomes healthy. Add app/api/health/route.ts, which asks the ' +
    'database (docs/application.md, "The web image").',
  noHealthRoute:
    'Nothing answers GET /api/health, so that no task becomes healthy. Add a route that asks the database.',

  databaseUrl: 'The code reads DATABASE_URL.',
  otherDatabaseVariable: ({ names }: Names) =>
    `The code reads ${names.join(', ')}, and the stack sets DATABASE_URL. In lib/config: databaseVariable: '${names[0]}'.` +
    (names.length > 1 ? ' It gives one further name; read that one for all.' : ''),
  databaseParts: ({ names }: Names) =>
    `The code reads ${names.join(', ')}, and the stack sets DATABASE_URL alone. Read the address from it.`,
  noDatabaseVariable: 'No variable for a database was found. The stack sets DATABASE_URL.',

  noAuth: 'There is no Auth.js.',
  authFour: ({ version }: Texts<'version'>) => `next-auth ${version} reads NEXTAUTH_URL, which the stack sets.`,
  authFive: ({ version }: Texts<'version'>) =>
    `next-auth ${version} trusts the load balancer by AUTH_URL, which the stack sets.`,
  authOutsideNext: ({ name }: Texts<'name'>) =>
    `${name} takes the path of AUTH_URL as its base path. Set basePath: '/auth' and secret: process.env.NEXTAUTH_SECRET.`,

  noForcedCookies: 'No cookie is Secure whatever the address is.',
  forcedCookies:
    'A browser drops these over plain HTTP, as dev has it without a domain. Let the address decide: ' +
    "secure: process.env.AUTH_URL?.startsWith('https://').",

  noRedirects: "No redirect is made from the request's own address.",
  redirectsToTask:
    "Behind the load balancer the request's own address is the task's, which no browser reaches. Make it from " +
    'process.env.AUTH_URL.',

  keepsIdle:
    'The server keeps idle connections longer than the load balancer, if it does so by KEEP_ALIVE_TIMEOUT or 65000.',
  standaloneKeepsIdle: 'The standalone server of Next.js reads KEEP_ALIVE_TIMEOUT.',
  nextStart: ({ start }: Texts<'start'>) =>
    `"${start}" closes idle connections before the load balancer does: some requests get a 502. Write ` +
    '"next start --keepAliveTimeout 65000".',
  otherStart: ({ start }: Texts<'start'>) =>
    `It is not known what "${start}" does with idle connections: keep them longer than 60 seconds.`,
  noStart: 'package.json has no script "start": keep idle connections longer than 60 seconds.',
  ownServer:
    'The server closes idle connections after five seconds, before Node 26: some requests get a 502. Set ' +
    'server.keepAliveTimeout = Number(process.env.KEEP_ALIVE_TIMEOUT).',

  noPublicVariables: 'None: one image can serve every environment.',
  publicVariables: ({ names }: Names) =>
    `${names.join(', ')}: built into the image. One image serves dev and prod only if they are the same for both.`,

  noLockFile: 'There is no lock file: an image would get other packages each time. Commit it.',
  locked: ({ lockFile }: Texts<'lockFile'>) => `${lockFile} locks them.`,
  otherManager: ({ lockFile }: Texts<'lockFile'>) =>
    `${lockFile} locks them. app-workflow knows npm and pnpm: write the Dockerfile yourself.`,

  noWorkspace: 'The folder is an application by itself.',
  workspaceHere: 'The folder is the root of a workspace, and starts nothing: give the folder of the application in it.',
  workspaceAbove: ({ root }: Texts<'root'>) => `Its workspace is ${root}: images are built from there.`,

  isThere: ({ target }: Texts<'target'>) => `${target} is there: compare it by yourself.`,
  migration: ({ command }: Texts<'command'>) =>
    `The image brings the migration: command: [${command}] in webService.migration of lib/config.`,
  noImport:
    'There is no Dockerfile.batch, so that no image of the import is built (docs/application.md, "The import image").',
  notBuilt: 'None of it was built: build the image once before the first release.',
  notConnected:
    'lib/config/delivery.ts names no repository, or no environment: connect the infrastructure first (docs/delivery.md).',
  noAccount: ({ names }: Names) =>
    `lib/config has no account for ${names.join(', ')}: GitHub pushes to registries of an account.`,
  unknownManager: ({ manager }: Texts<'manager'>) =>
    `A Dockerfile is made for npm and pnpm, and the lock file is of: ${manager}. Write it yourself.`,
};

/** Sentences on an application, in the language of this process. */
export const words = messagesOf({ en, ja });
