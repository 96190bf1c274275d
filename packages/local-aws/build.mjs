// Writes the package as it is published, into dist or the folder that is given: library and program in JavaScript, with
// @infra/common in them, their types, the server in Python, its manifest and its README.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import typescript from 'typescript';

const SOURCE = import.meta.dirname;

/** Files that index.ts exports, or whose types these mention. */
const TYPED_FILES = ['index', 'cdk', 'environment', 'images', 'local-aws'];

const [folder = join(SOURCE, 'dist')] = process.argv.slice(2);
const { version, description, license, dependencies } = JSON.parse(readFileSync(join(SOURCE, 'package.json'), 'utf8'));
const manifest = {
  name: 'cdk-local-aws',
  version,
  description,
  license,
  engines: { node: '>=20.19' },
  main: 'lib/index.js',
  types: 'lib/index.d.ts',
  bin: { 'cdk-local-aws': 'lib/cli.js' },
  dependencies: { httpxy: dependencies.httpxy },
  peerDependencies: { 'aws-cdk': '^2.1000.0' },
};

mkdirSync(join(folder, 'lib'), { recursive: true });
await build({
  entryPoints: [join(SOURCE, 'src/index.ts'), join(SOURCE, 'src/cli.ts')],
  outdir: join(folder, 'lib'),
  bundle: true,
  platform: 'node',
  target: 'node20',
  external: ['aws-cdk'],
});
for (const name of TYPED_FILES) {
  const source = readFileSync(join(SOURCE, `src/${name}.ts`), 'utf8');
  const { outputText } = typescript.transpileDeclaration(source, {});
  writeFileSync(join(folder, `lib/${name}.d.ts`), outputText);
}
cpSync(join(SOURCE, 'server'), join(folder, 'server'), {
  recursive: true,
  filter: (path) => !/__pycache__|make_reference/.test(path),
});
writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
const [readme] = readFileSync(join(SOURCE, 'README.md'), 'utf8').split('## In this repository');
writeFileSync(join(folder, 'README.md'), `${readme.trimEnd()}\n`);
