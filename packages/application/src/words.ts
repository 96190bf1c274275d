import { messagesOf } from '@infra/commands/messages';
import type { Lists, Texts } from '@infra/common/words';
import { ja } from './ja';

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

  noManifest: ({ path }: Texts<'path'>) =>
    `${path} has no package.json that can be read: only folders with an application of Node.js are known.`,

  read: ({ folder, files }: Texts<'folder'> & { readonly files: number }) =>
    `${folder}: ${files} source file${files === 1 ? '' : 's'} read, without tests and packages`,

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

  nothingToDo: 'Nothing is to do.',

  healthRoute: 'GET /api/health has a route. It must answer 200 without a session.',
  healthToSee:
    '/api/health is in the code: see that it answers 200 without a session, and that the middleware passes it.',
  noHealthRoute:
    'Nothing answers GET /api/health, so that no task becomes healthy. Add a route that asks the database (Next.js: ' +
    'app/api/health/route.ts, or pages/api/health.ts), and let the middleware pass it (docs/application.md, "The web image").',

  otherDatabaseVariable: ({ names }: Lists<'names'>) =>
    `The code reads ${names.join(', ')}, and the stack sets DATABASE_URL. In lib/config: databaseVariable: '${names[0]}'.` +
    (names.length > 1 ? ' It gives one further name; read that one for all.' : ''),
  noDatabaseVariable: 'No variable for a database was found. The stack sets DATABASE_URL.',

  betterAuth:
    'better-auth reads BETTER_AUTH_SECRET, which the stack does not set: name it in webService.settings.secrets. As baseURL ' +
    'it takes process.env.AUTH_URL.',
  authSecret:
    'The code reads AUTH_SECRET, and the stack sets NEXTAUTH_SECRET: read that, or name AUTH_SECRET in ' +
    'webService.settings.secrets.',
  authOutsideNext: ({ name }: Texts<'name'>) =>
    `${name} takes the path of AUTH_URL as its base path. Set basePath: '/auth' and secret: process.env.NEXTAUTH_SECRET.`,

  forcedCookies:
    'Over plain HTTP, as dev has it without a domain, browsers drop these, and getToken() finds no session. Let the ' +
    "address decide: process.env.AUTH_URL?.startsWith('https://').",

  redirectsToTask:
    "Behind the load balancer the request's own address is the task's, which no browser reaches. Make it from " +
    'process.env.AUTH_URL.',

  keepsIdle:
    'The server keeps idle connections longer than the load balancer, if it does so by KEEP_ALIVE_TIMEOUT or 65000.',
  nextStart: ({ start }: Texts<'start'>) =>
    `"${start}" closes idle connections before the load balancer does: some requests get a 502. Write ` +
    '"next start --keepAliveTimeout 65000".',
  otherStart: ({ start }: Texts<'start'>) =>
    `It is not known what the script start ("${start}") does with idle connections: keep them longer than 60 seconds.`,
  ownServer:
    'The server closes idle connections after five seconds, before Node 26: some requests get a 502. Set ' +
    'server.keepAliveTimeout = Number(process.env.KEEP_ALIVE_TIMEOUT).',

  publicVariables: ({ names }: Lists<'names'>) =>
    `${names.join(', ')}: built into the image. One image serves dev and prod only if they are the same for both.`,

  noLockFile: 'There is no lock file: an image would get other packages each time. Commit it.',
  otherManager: ({ lockFile }: Texts<'lockFile'>) =>
    `${lockFile} locks them. app-workflow knows npm and pnpm: write the Dockerfile yourself.`,

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
  noAccount: ({ names }: Lists<'names'>) =>
    `lib/config has no account for ${names.join(', ')}: GitHub pushes to registries of an account.`,
  unknownManager: ({ manager }: Texts<'manager'>) =>
    `A Dockerfile is made for npm and pnpm, and the lock file is of: ${manager}. Write it yourself.`,
};

/** Sentences on an application, in the language of this process. */
export const words = messagesOf({ en, ja });
