// Writes the package as it is published, into dist or the folder that is given: one file of JavaScript, with @infra/common
// in it, its manifest, its README, the schema of --json with the names of its rules, and a workflow to copy.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const SOURCE = import.meta.dirname;

const [folder = join(SOURCE, 'dist')] = process.argv.slice(2);
const { version, description, license, dependencies, peerDependencies } = JSON.parse(
  readFileSync(join(SOURCE, 'package.json'), 'utf8'),
);
const isPublished = ([name]) => !name.startsWith('@infra/');
const manifest = {
  name: 'cdk-change-review',
  version,
  description,
  license,
  engines: { node: '>=20.19' },
  bin: { 'cdk-change-review': 'cli.js' },
  dependencies: Object.fromEntries(Object.entries(dependencies).filter(isPublished)),
  peerDependencies,
};

mkdirSync(folder, { recursive: true });
await build({
  entryPoints: [join(SOURCE, 'src/cli.ts')],
  outfile: join(folder, 'cli.js'),
  bundle: true,
  platform: 'node',
  target: 'node20',
  external: [...Object.keys(manifest.dependencies), ...Object.keys(peerDependencies)],
  banner: { js: '#!/usr/bin/env node' },
});
writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
const [readme] = readFileSync(join(SOURCE, 'README.md'), 'utf8').split('## In this repository');
writeFileSync(join(folder, 'README.md'), `${readme.trimEnd()}\n`);
for (const file of ['review.schema.json', 'workflow.yml']) copyFileSync(join(SOURCE, file), join(folder, file));
// The names of `rules` in --json, each with its sentence.
copyFileSync(join(SOURCE, 'src/messages/en.json'), join(folder, 'rules.json'));
