// `npm run prooflink` and other scripts of package.json. Their programs are packages beside the app, which needs none of them.
const { existsSync, readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

const PACKAGES = join(__dirname, '../packages');
const { LC_ALL, LC_MESSAGES, LANG } = process.env;
const isJapanese = (LC_ALL || LC_MESSAGES || LANG || '').startsWith('ja');

/** File of a program that the manifest of a package names: `"programs": { "renew": "./src/renew.ts" }`. */
function fileOf(program) {
  for (const name of existsSync(PACKAGES) ? readdirSync(PACKAGES) : []) {
    const manifest = join(PACKAGES, name, 'package.json');
    const { programs = {} } = existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')) : {};
    if (program in programs) return join(PACKAGES, name, programs[program]);
  }
  return undefined;
}

function isInstalled(name) {
  return existsSync(join(__dirname, '../node_modules', name));
}

function refuse(sentence, japanese) {
  console.error(isJapanese ? japanese : sentence);
  process.exitCode = 2;
}

const [program, ...args] = process.argv.slice(2);
const file = fileOf(program);
if (file === undefined) {
  refuse(
    `npm run ${program} is not in this copy of the repository: no package below packages/ has it.`,
    `npm run ${program} は、このリポジトリにはありません。packages/ にこのプログラムのパッケージがありません。`,
  );
} else if (!isInstalled('@infra/common') || !isInstalled('sucrase')) {
  refuse(
    `npm run ${program} is not installed: run "npm ci".`,
    `npm run ${program} がインストールされていません。「npm ci」を実行してください。`,
  );
} else {
  require('../packages/common/register.js');
  // A program starts others as Node has started it.
  process.execArgv.push('-r', './packages/common/register.js');
  // Programs run where they are the main file, and tests import them without running them.
  process.argv = [process.argv[0], file, ...args];
  require('node:module').runMain();
}
