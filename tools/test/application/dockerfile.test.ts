import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { temporaryFolder } from '@infra/common/testing';
import { page } from '../docs/documents';
import { bareEnvironment } from '../support/bare-environment';
import { type DockerWorld, layOut, pathIn, type Stage, write } from './dockerfile';

const PAGES = ['docs/application.md', 'docs/application.ja.md'] as const;
const CERTIFICATES = 'https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem';

const folder = temporaryFolder('dockerfile-');

/** A server as Next.js writes it into its standalone output: the rest of its files lies beside it. */
const STANDALONE_SERVER = `
const { existsSync, readFileSync } = require('node:fs');
const { createServer } = require('node:http');
require('next');
readFileSync(process.env.NODE_EXTRA_CA_CERTS);
const files = { '/': '.next/server/page.html', '/logo.svg': 'public/logo.svg', '/_next/static/chunk.js': '.next/static/chunk.js' };
const server = createServer(({ url }, response) => {
  const file = files[url];
  response.writeHead(existsSync(file) ? 200 : 404).end();
});
server.listen(process.env.PORT, '127.0.0.1', () => console.log(server.address().port));`;

const MIGRATION = `
require('pg');
require('node:fs').readFileSync(process.env.NODE_EXTRA_CA_CERTS);
console.log(process.env.NODE_ENV);`;

/** A small repository of an application, and in place of npm and Next.js the files that they would write. */
function world(): DockerWorld {
  const repository = mkdtempSync(join(folder, 'repository-'));
  const files = {
    'package.json': '{}',
    'package-lock.json': '{}',
    'migrate.js': MIGRATION,
    'public/logo.svg': '<svg/>',
  };
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(repository, file)), { recursive: true });
    writeFileSync(join(repository, file), content);
  }
  const installProduction = (stage: Stage) => {
    write(stage, 'node_modules/pg/index.js', '');
  };
  const installAll = (stage: Stage) => {
    installProduction(stage);
    write(stage, 'node_modules/next/index.js', '');
  };
  const buildNext = (stage: Stage) => {
    write(stage, '.next/standalone/server.js', STANDALONE_SERVER);
    write(stage, '.next/standalone/.next/server/page.html', '<p>');
    write(stage, '.next/standalone/node_modules/next/index.js', '');
    write(stage, '.next/static/chunk.js', '');
  };
  return {
    repository,
    run: { 'npm ci --omit=dev': installProduction, 'npm ci': installAll, 'npx next build': buildNext },
    downloads: { [CERTIFICATES]: 'certificates' },
  };
}

/** The Dockerfile of a page: its block that builds Next.js. */
function dockerfileOf(file: string): string {
  const blocks = [...page(file).text.matchAll(/^```dockerfile\n([^]*?)^```$/gm)].map(([, block = '']) => block);
  return blocks.find((block) => block.includes('next build')) ?? '';
}

/** The variables that a program of the image gets, on this machine: paths lead into the image's folder. */
function environmentOf(stage: Stage): Record<string, string> {
  const paths = Object.entries(stage.variables).map(([name, value]) => {
    return [name, value.startsWith('/') ? pathIn(stage, value) : value];
  });
  return { ...bareEnvironment(), PORT: '0', ...(Object.fromEntries(paths) as Record<string, string>) };
}

/** Statuses of the pages that the server of an image answers; `undefined` if the server does not start. */
async function served(image: Stage): Promise<Record<string, number> | undefined> {
  const [program = '', ...args] = image.command;
  const server = spawn(program, args, {
    cwd: pathIn(image, '.'),
    env: environmentOf(image),
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = once(server, 'exit');
  const port: string | undefined = await Promise.race([
    once(createInterface({ input: server.stdout }), 'line').then(([line]) => String(line)),
    ended.then(() => undefined),
  ]);
  if (port === undefined) return undefined;
  const statuses: Record<string, number> = {};
  for (const path of ['/', '/logo.svg', '/_next/static/chunk.js']) {
    const { status } = await fetch(`http://127.0.0.1:${port}${path}`);
    statuses[path] = status;
  }
  server.kill();
  await ended;
  return statuses;
}

/** Faults of the image that a Dockerfile lays out, in words; none if its server and its migration find all files. */
async function faultsOf(dockerfile: string): Promise<string[]> {
  const image = layOut(dockerfile, mkdtempSync(join(folder, 'stages-')), world());
  const faults: string[] = [];
  const statuses = await served(image);
  if (!statuses) faults.push('the server does not start');
  for (const [path, status] of Object.entries(statuses ?? {})) {
    if (status !== 200) faults.push(`${path} is ${status}`);
  }
  const migration = spawnSync(process.execPath, ['migrate.js'], {
    cwd: pathIn(image, '.'),
    env: environmentOf(image),
    encoding: 'utf8',
  });
  if (migration.stdout !== 'production\n') faults.push('the migration fails');
  return faults;
}

test('both pages have the same Dockerfile', () => {
  const [english, japanese] = PAGES.map(dockerfileOf);
  expect(english).toContain('FROM');
  expect(japanese).toBe(english);
});

test('its image has every file that the server and the migration need', async () => {
  expect(await faultsOf(dockerfileOf(PAGES[0]))).toEqual([]);
});

test.each([
  { line: 'ADD --chmod=444', faults: ['the server does not start', 'the migration fails'] },
  { line: 'ENV NODE_EXTRA_CA_CERTS', faults: ['the server does not start', 'the migration fails'] },
  { line: 'ENV NODE_ENV', faults: ['the migration fails'] },
  { line: 'COPY --from=packages', faults: ['the migration fails'] },
  { line: 'COPY --from=build --chown=node:node /app/.next/standalone', faults: ['the server does not start'] },
  { line: 'COPY --from=build --chown=node:node /app/.next/static', faults: ['/_next/static/chunk.js is 404'] },
  { line: 'COPY --from=build /app/public', faults: ['/logo.svg is 404'] },
  { line: 'COPY --from=build /app/migrate.js', faults: ['the migration fails'] },
])('without "$line", something is missing', async ({ line, faults }) => {
  const lines = dockerfileOf(PAGES[0]).split('\n');
  const rest = lines.filter((each) => !each.startsWith(line));
  expect(rest).toHaveLength(lines.length - 1);
  expect(await faultsOf(rest.join('\n'))).toEqual(faults);
});
