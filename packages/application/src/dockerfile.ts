import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { CannotTellError } from '@infra/common/outcome';
import type { ApplicationFolder } from './application-folder';
import { isNextApp, publicNames, variablesOf } from './facts';
import { words } from './words';

/** Files that stay out of images; a developer's `.env` would bring its secrets along. */
export const DOCKERIGNORE = '**/node_modules\n**/.next\n**/.env*\n.git\n';

/** Certificates of RDS, which Node does not know (docs/application.md, "RDS's certificates"). */
const CERTIFICATES = `ADD --chmod=444 https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem /etc/ssl/rds-global-bundle.pem
ENV NODE_EXTRA_CA_CERTS=/etc/ssl/rds-global-bundle.pem`;

/** Programs that migrate a database, by their packages, with their arguments. */
const MIGRATION_TOOLS = { prisma: 'migrate deploy', 'drizzle-kit': 'migrate', payload: 'migrate' };

/** Command of the image that migrates the database, also that of a package beside; `undefined` if none is known. */
export function migrationCommand({ folder, manifest, beside }: ApplicationFolder): string[] | undefined {
  for (const owner of [{ folder, manifest }, ...beside]) {
    const [tool, args] =
      Object.entries(MIGRATION_TOOLS).find(([name]) => Object.hasOwn(owner.manifest.packages, name)) ?? [];
    if (tool === undefined) continue;
    if (owner.folder === folder) return ['npx', tool, ...(args ?? '').split(' ')];
    return ['sh', '-c', `cd ${relative(folder, owner.folder)} && npx ${tool} ${args}`];
  }
  return undefined;
}

/** Commands that install the packages of the lock file. */
export function installCommand({ packageManager, manifest }: ApplicationFolder): string[] {
  if (packageManager === 'npm') return ['npm ci'];
  if (packageManager !== 'pnpm') throw new CannotTellError(words.unknownManager({ manager: packageManager ?? '-' }));
  const version = /^pnpm@[\d.]+/.exec(manifest.packageManager ?? '')?.[0] ?? 'pnpm@10';
  return [`npm install --global ${version}`, 'pnpm install --frozen-lockfile'];
}

/**
 * Dockerfile of the web image. It is built in the root of the workspace.
 *
 * @throws CannotTellError if neither npm nor pnpm locks the packages.
 */
export function dockerfile(application: ApplicationFolder): string {
  const path = relative(application.root, application.folder);
  const isNext = isNextApp(application);
  const isStandalone = isNext && /output\s*:\s*['"]standalone['"]/.test(textOfNextConfig(application));
  // The standalone output has only what the server imports, and a migration runs in the same image.
  const needsAll = !isStandalone || migrationCommand(application) !== undefined;
  const standalone = join('/app', path, '.next/standalone');
  const server = join('.', path, 'server.js');

  const build = [
    'FROM node:24-slim AS build',
    'WORKDIR /app',
    'COPY . .',
    ...installCommand(application).map((command) => `RUN ${command}`),
    ...argumentsOf(application),
    `RUN ${isNext ? '--mount=type=secret,id=actions-key,env=NEXT_SERVER_ACTIONS_ENCRYPTION_KEY ' : ''}${buildCommand(application)}`,
    ...(isStandalone ? [copyAssets(path)] : []),
  ];
  const image = [
    'FROM node:24-slim',
    `WORKDIR ${needsAll ? join('/app', path) : '/app'}`,
    'ENV NODE_ENV=production',
    CERTIFICATES,
    `COPY --from=build --chown=node:node ${needsAll ? '/app /app' : `${standalone} ./`}`,
    'USER node',
    `CMD ${JSON.stringify(isStandalone ? ['node', needsAll ? join('.next/standalone', server) : server] : startCommand(application))}`,
  ];
  return `# syntax=docker/dockerfile:1\n${build.join('\n')}\n\n${image.join('\n')}\n`;
}

function textOfNextConfig({ folder, paths }: ApplicationFolder): string {
  const file = paths.find((path) => /^next\.config\.[cm]?[jt]s$/.test(path));
  return file === undefined ? '' : readFileSync(join(folder, file), 'utf8');
}

/** Arguments of the build: what it writes into what browsers get. */
function argumentsOf(application: ApplicationFolder): string[] {
  if (!isNextApp(application)) return [];
  return ['NEXT_DEPLOYMENT_ID', ...publicNames(variablesOf(application))].map((name) => `ARG ${name}`);
}

/** Builds the application, and first the packages of the workspace that it uses. */
function buildCommand({ packageManager, root, folder }: ApplicationFolder): string {
  const path = relative(root, folder);
  if (packageManager === 'pnpm')
    return path === '' ? 'pnpm run --if-present build' : `pnpm --filter "./${path}..." --if-present run build`;
  return path === '' ? 'npm run build --if-present' : `npm run build --if-present --workspace ${path}`;
}

/** The standalone output lacks the files that its server sends. */
function copyAssets(path: string): string {
  const own = join('.', path);
  const target = join(own, '.next/standalone', path);
  return `RUN cp -r ${join(own, '.next/static')} ${join(target, '.next/static')} && if [ -d ${join(own, 'public')} ]; then cp -r ${join(own, 'public')} ${target}/; fi`;
}

/** Starts Node.js as the first process: npm would not pass signals on. */
function startCommand({ manifest, packageManager, root, folder }: ApplicationFolder): string[] {
  const start = manifest.scripts['start'] ?? '';
  if (/\bnext start\b/.test(start)) {
    // npm keeps the packages of a workspace in its root.
    const packages = packageManager === 'npm' ? relative(folder, root) : '';
    return ['node', join(packages, 'node_modules/next/dist/bin/next'), 'start', '--keepAliveTimeout', '65000'];
  }
  return /^node [\w./-]+$/.test(start) ? start.split(' ') : ['npm', 'start'];
}
