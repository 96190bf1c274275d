import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeTemporaryFolder, removeOwnPath } from '@infra/common/own-paths';
import { capitalize } from '@infra/commands/app';
import { bareEnvironment } from '@infra/common/test/support/bare-environment';

const ROOT = join(__dirname, '../../..');
const TEST_CONFIGS = join(ROOT, 'test/support/configs');

const cdkJson = JSON.parse(readFileSync(join(ROOT, 'cdk.json'), 'utf8')) as { app: string; context: object };

/** The line of lib/config/delivery.ts below its types begins with it. */
const DELIVERY = 'export const delivery: ';

/** Entries that a fresh clone lacks. */
const NOT_IN_CLONE = /^(\.git|\.stryker|node_modules|cdk\.out.*)$/;

/** A text with a piece replaced, which it must have: a test would pass on an unchanged copy. */
function replaceOnce(text: string, piece: string, other: string): string {
  if (!text.includes(piece)) throw new Error(`There is no ${piece}`);
  return text.replace(piece, other);
}

/** A copy of the app in a temporary folder, as a fresh clone would have it. */
export class CopyOfApp {
  readonly directory: string;

  constructor() {
    this.directory = makeTemporaryFolder('prooflink-app-');
    for (const path of ['bin', 'lib', 'cdk.json', 'package.json']) {
      cpSync(join(ROOT, path), join(this.directory, path), { recursive: true });
    }
    // The built-in validation has its own test, and takes two seconds to start in a process.
    const bin = this.read('bin/prooflink.ts');
    this.write(
      'bin/prooflink.ts',
      replaceOnce(bin, 'new App()', 'new App({ builtinCloudFormationValidation: false })'),
    );
    // Its own build info: the original's must not say that the copy was checked.
    const config = readFileSync(join(ROOT, 'tsconfig.json'), 'utf8');
    const buildInfo = '"node_modules/.cache/tsconfig.tsbuildinfo"';
    this.write('tsconfig.json', replaceOnce(config, buildInfo, '"tsconfig.tsbuildinfo"'));
    mkdirSync(join(this.directory, 'node_modules'));
    for (const name of readdirSync(join(ROOT, 'node_modules')).filter((entry) => entry !== '@infra')) {
      symlinkSync(join(ROOT, 'node_modules', name), join(this.directory, 'node_modules', name));
    }
  }

  /** Copies the rest of the repository, too: tests, packages, pages. */
  addEverything(): void {
    const copied = readdirSync(this.directory);
    const ofRepository = readdirSync(ROOT).filter((name) => !NOT_IN_CLONE.test(name));
    for (const name of ofRepository.filter((entry) => !copied.includes(entry))) {
      cpSync(join(ROOT, name), join(this.directory, name), { recursive: true });
    }
    // Packages of the copy import its own lib.
    mkdirSync(join(this.directory, 'node_modules/@infra'));
    for (const name of readdirSync(join(ROOT, 'node_modules/@infra'))) {
      symlinkSync(`../../packages/${name}`, join(this.directory, 'node_modules/@infra', name));
    }
    // `renew` and some tests ask git for the files of the repository.
    this.run('git init --quiet && echo /node_modules >> .git/info/exclude && git add --all');
  }

  /** Gives it the tests' dev and prod and their delivery, in place of whatever lib/config has become. */
  useTestConfigs(): void {
    for (const name of ['dev', 'prod']) {
      const config = readFileSync(join(TEST_CONFIGS, `${name}.ts`), 'utf8');
      this.write(`lib/config/${name}.ts`, replaceOnce(config, '../../../lib/config/', './'));
    }
    this.write('lib/config/index.ts', "export { dev } from './dev';\nexport { prod } from './prod';\n");
    const [types = ''] = this.read('lib/config/delivery.ts').split(DELIVERY);
    const testDelivery = readFileSync(join(TEST_CONFIGS, 'delivery.ts'), 'utf8');
    const [, value = ''] = testDelivery.split(DELIVERY);
    this.write('lib/config/delivery.ts', types + DELIVERY + value);
  }

  write(path: string, content: string): void {
    writeFileSync(join(this.directory, path), content);
  }

  /** Adds an environment by the page's own commands, all before its deploy. */
  addEnvironment(name: string): void {
    const page = readFileSync(join(ROOT, 'docs/operating.md'), 'utf8');
    const [, commands = ''] = /^## Adding an environment\n+```sh\n(.*?)^npx cdk deploy/ms.exec(page) ?? [];
    const named = commands.replaceAll('staging', name).replaceAll('Staging', capitalize(name));
    const { status, stderr } = spawnSync('sh', ['-ec', named], { cwd: this.directory, encoding: 'utf8' });
    if (commands === '' || status !== 0)
      throw new Error(`docs/operating.md does not say how to add an environment: ${stderr}`);
  }

  read(path: string): string {
    return readFileSync(join(this.directory, path), 'utf8');
  }

  /** Runs a shell command in it, with nothing of AWS in the environment and a home folder of its own. */
  run(command: string, variables: Readonly<Record<string, string>> = {}) {
    const home = join(this.directory, 'home');
    mkdirSync(home, { recursive: true });
    return spawnSync(command, {
      shell: true,
      cwd: this.directory,
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
      env: { ...bareEnvironment(), HOME: home, ...variables },
    });
  }

  /** Runs what cdk.json says, as the CDK CLI would. What an earlier run synthesized is deleted first. */
  synth(variables: Readonly<Record<string, string>> = {}): { status: number | null; output: string } {
    const out = join(this.directory, 'out');
    if (existsSync(out)) removeOwnPath(out);
    const { status, stdout, stderr } = this.run(cdkJson.app, {
      ...variables,
      CDK_OUTDIR: out,
      CDK_CONTEXT_JSON: JSON.stringify({ ...cdkJson.context, 'aws:cdk:enable-path-metadata': true }),
    });
    return { status, output: stdout + stderr };
  }

  remove(): void {
    removeOwnPath(this.directory);
  }
}
