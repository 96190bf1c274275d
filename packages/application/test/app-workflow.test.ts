import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { temporaryFolder } from '@infra/common/testing';
import type { Workflow } from '@infra/testing/workflow';
import { runAppWorkflow } from '../src/app-workflow';
import type { File } from '../src/printed-files';

const root = temporaryFolder('app-workflow-');
const ACCOUNT = '123456789012';
const REGION = 'ap-northeast-1';
const DELIVERED = {
  repository: 'prooflink@1234/infrastructure@5678',
  environments: {
    dev: { account: ACCOUNT, region: REGION, cpuArchitecture: 'ARM64' as const },
    prod: { account: '210987654321', region: REGION, cpuArchitecture: 'ARM64' as const },
  },
};

const NPM = {
  'package.json': JSON.stringify({ dependencies: { next: '15' }, scripts: { test: 'jest', start: 'next start' } }),
  'package-lock.json': '{}',
  'next.config.ts': "export default { output: 'standalone' };",
  'Dockerfile.batch': '',
  'page.tsx': 'process.env.NEXT_PUBLIC_KEY',
};
const PNPM = {
  'pnpm-workspace.yaml': "packages: ['apps/*']",
  'pnpm-lock.yaml': '',
  'package.json': '{ "packageManager": "pnpm@9.12.0+sha512.abc" }',
  'apps/web/package.json': JSON.stringify({
    dependencies: { next: '15', db: 'workspace:*' },
    scripts: { start: 'next start' },
  }),
  'apps/db/package.json': JSON.stringify({ name: 'db', devDependencies: { prisma: '6' } }),
};

function folderWith(files: Readonly<Record<string, string>>, path = ''): string {
  const folder = mkdtempSync(join(root, 'app-'));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  return join(folder, path);
}

function printed(folder: string, file?: File, delivered = DELIVERED): string {
  return runAppWorkflow(folder, file, delivered).stdout;
}

test('with npm, tests and an import: both images are built by the config, and nobody copies a role', () => {
  const text = printed(folderWith(NPM), 'release.yml');
  const { jobs } = parse(text) as Workflow;
  const runs = jobs['build']?.steps?.map(({ run }) => run).filter(Boolean);
  expect(jobs['build']).toMatchObject({ 'runs-on': 'ubuntu-24.04-arm', env: { PLATFORM: 'linux/arm64' } });
  expect(runs?.slice(0, 2)).toEqual(['npm ci', 'npm test']);
  expect(runs?.[2]).toBe(`docker build --platform "$PLATFORM" --provenance=false \\
  --build-arg NEXT_PUBLIC_KEY \\
  --build-arg "NEXT_DEPLOYMENT_ID=$GITHUB_SHA" \\
  --secret id=actions-key,env=NEXT_SERVER_ACTIONS_ENCRYPTION_KEY \\
  --tag prooflink-app --file Dockerfile .
docker build --platform "$PLATFORM" --provenance=false --tag prooflink-batch --file Dockerfile.batch .
docker save prooflink-app prooflink-batch | gzip > images.tar.gz
`);
  expect(jobs['release']?.env).toMatchObject({
    IMAGES: 'app batch',
    INFRASTRUCTURE: 'prooflink/infrastructure',
    ACCOUNTS: JSON.stringify({ dev: ACCOUNT, prod: '210987654321' }),
  });
  // The pins keep their versions, by which Dependabot knows them.
  expect(text).toContain('# v7.0.0');
});

test('with pnpm in a workspace, without tests and import: one image, from the root', () => {
  const folder = folderWith(PNPM, 'apps/web');
  const { jobs } = parse(printed(folder, 'release.yml')) as Workflow;
  const runs = jobs['build']?.steps?.map(({ run }) => run).filter(Boolean);
  expect(runs).toHaveLength(1);
  expect(runs?.[0]).toContain('--tag prooflink-app --file apps/web/Dockerfile .');
  expect(jobs['release']?.env?.['IMAGES']).toBe('app');
});

// The standalone output has no migration tool: the image would fail before its first release.
test('the Dockerfile brings the standalone server alone, or everything where a migration needs it', () => {
  const npm = printed(folderWith(NPM), 'Dockerfile');
  expect(npm).toContain(
    'COPY --from=build --chown=node:node /app/.next/standalone ./\nUSER node\nCMD ["node","server.js"]',
  );
  const folder = folderWith(PNPM, 'apps/web');
  const pnpm = printed(folder, 'Dockerfile');
  expect(pnpm).toContain('RUN npm install --global pnpm@9.12.0\nRUN pnpm install --frozen-lockfile\n');
  expect(pnpm).toContain('WORKDIR /app/apps/web\n');
  expect(pnpm).toContain('COPY --from=build --chown=node:node /app /app\n');
  expect(printed(folder)).toContain("['sh', '-c', 'cd ../db && npx prisma migrate deploy'] in webService.migration");
});

test('without a file, the commands write what is not there, and nothing else', () => {
  const folder = folderWith({ ...NPM, Dockerfile: '' });
  const text = printed(folder);
  expect(text).toContain(
    `mkdir -p ${folder}/.github/workflows && npm run --silent prooflink -- app-workflow ${folder} release.yml`,
  );
  expect(text).toContain(`${folder}/Dockerfile is there`);
  expect(text).toContain(`.dockerignore > ${folder}/.dockerignore`);
});

test('what cannot be made is refused with all that is missing', () => {
  const incomplete = {
    repository: undefined,
    environments: { dev: { ...DELIVERED.environments.dev, account: undefined } },
  };
  expect(() => runAppWorkflow(folderWith(NPM), 'release.yml', incomplete)).toThrow(
    /names no repository[^]*lib\/config has no account for dev/,
  );
  const bun = folderWith({ 'package.json': '{}', 'bun.lock': '' });
  expect(() => printed(bun, 'Dockerfile')).toThrow('the lock file is of: bun');
  expect(printed(bun, 'release.yml')).not.toContain('npm ci');
});
