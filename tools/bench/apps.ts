import { appendFileSync, cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './measure';

/** This repository's folder. */
export const REPOSITORY = join(__dirname, '..', '..');

interface Manifest {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
}

/** Makes the app that `cdk init` generates, with one queue in it, in a new folder below `parent`. */
export async function makeEmptyApp(parent: string): Promise<string> {
  const folder = join(parent, 'empty-app');
  mkdirSync(folder);
  const cli = join(REPOSITORY, 'node_modules', 'aws-cdk', 'bin', 'cdk');
  await run(folder, process.execPath, cli, 'init', 'app', '--language', 'typescript', '--generate-only');
  useOurVersions(join(folder, 'package.json'));
  addQueue(join(folder, 'lib'));
  await run(folder, 'npm', 'install', '--no-audit', '--no-fund', '--no-progress');
  return folder;
}

/** Makes a copy of this app with `count` environments: its own ones, then copies of dev under other names. */
export function makeAppOf(count: number, parent: string): string {
  const folder = join(parent, `app-of-${count}`);
  mkdirSync(folder);
  for (const part of ['bin', 'lib', 'cdk.json']) {
    cpSync(join(REPOSITORY, part), join(folder, part), { recursive: true });
  }
  symlinkSync(join(REPOSITORY, 'node_modules'), join(folder, 'node_modules'));
  const tsconfig = readJson(join(REPOSITORY, 'tsconfig.json')) as { compilerOptions: Record<string, unknown> };
  // In this copy: the repository's own record of what has been checked must not be overwritten.
  tsconfig.compilerOptions.tsBuildInfoFile = 'tsconfig.tsbuildinfo';
  writeJson(join(folder, 'tsconfig.json'), tsconfig);

  const config = join(folder, 'lib', 'config');
  const dev = readFileSync(join(config, 'dev.ts'), 'utf8');
  const delivery = join(config, 'delivery.ts');
  for (let number = 1; number <= count - 2; number++) {
    const copy = dev
      .replace(/(?<![a-z])dev(?![a-z])/g, `copy${number}`)
      .replaceAll('ProoflinkDev', `ProoflinkCopy${number}`);
    writeFileSync(join(config, `copy${number}.ts`), copy);
    appendFileSync(join(config, 'index.ts'), `export { copy${number} } from './copy${number}';\n`);
    const delivered = readFileSync(delivery, 'utf8').replace(
      'environments: {',
      `environments: { copy${number}: false,`,
    );
    writeFileSync(delivery, delivered);
  }
  return folder;
}

/** Gives a package that both apps have this repository's version. */
function useOurVersions(file: string): void {
  const ours = readJson(join(REPOSITORY, 'package.json')) as Manifest;
  const versions: Record<string, string | undefined> = {
    ...ours.dependencies,
    ...ours.devDependencies,
    // `typescript` is TypeScript 7 in the generated app; here that is called typescript-native.
    typescript: ours.devDependencies['typescript-native']?.replace('npm:typescript@', ''),
  };
  const manifest = readJson(file) as Manifest;
  for (const packages of [manifest.dependencies, manifest.devDependencies]) {
    for (const name of Object.keys(packages)) packages[name] = versions[name] ?? packages[name] ?? '*';
  }
  writeJson(file, manifest);
}

function addQueue(lib: string): void {
  const name = readdirSync(lib).find((file) => file.endsWith('-stack.ts'));
  if (name === undefined) throw new Error('cdk init generated no stack');
  const file = join(lib, name);
  const before = readFileSync(file, 'utf8');
  // The generated stack has a queue that is commented out.
  const after = before
    .replace(/^\/\/ (import \* as sqs)/m, '$1')
    .replace(/^ *\/\/ (const queue = new sqs\.Queue[^]*?)^ *\/\/ (\}\);)/m, (_, start: string, end: string) =>
      [start.replaceAll('//', ''), end].join(''),
    );
  if (!/^ *const queue = new sqs/m.test(after)) throw new Error('cdk init generated a stack of an unknown form');
  writeFileSync(file, after);
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}

function writeJson(file: string, content: unknown): void {
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
}
