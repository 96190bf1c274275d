import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { groupsOf, page, ROOT } from '@infra/testing/documents';

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const names = readdirSync(join(ROOT, 'packages')).filter((name) =>
  existsSync(join(ROOT, 'packages', name, 'package.json')),
);

/** The only package that imports the app; ESLint holds the others to it. */
const DOOR = 'commands';

/** Packages that each package imports. */
type Imports = ReadonlyMap<string, readonly string[]>;

/** Packages of this repository in a part of a manifest. */
function packagesIn(dependencies: Readonly<Record<string, string>> = {}): string[] {
  const modules = Object.keys(dependencies).filter((module) => module.startsWith('@infra/'));
  return modules.map((module) => module.replace('@infra/', ''));
}

const programImports = new Map<string, readonly string[]>();
const allImports = new Map<string, readonly string[]>();
for (const name of names) {
  const manifest = join(ROOT, 'packages', name, 'package.json');
  const { dependencies, devDependencies } = JSON.parse(readFileSync(manifest, 'utf8')) as Manifest;
  const ofPrograms = [...packagesIn(dependencies), ...(name === DOOR ? ['lib'] : [])];
  programImports.set(name, ofPrograms);
  allImports.set(name, [...ofPrograms, ...packagesIn(devDependencies)]);
}

/** True if a package reaches another one by imports. Ends where they go in a circle. */
function reaches(imports: Imports, from: string, to: string, seen = new Set<string>()): boolean {
  if (seen.has(from)) return false;
  seen.add(from);
  const next = imports.get(from) ?? [];
  return next.includes(to) || next.some((name) => reaches(imports, name, to, seen));
}

test('the arrows between packages go one way', () => {
  expect(names.filter((name) => reaches(allImports, name, name))).toEqual([]);
});

/** Imports of a package that do not follow from its others. */
function directImports(imports: Imports, importer: string): string[] {
  const targets = imports.get(importer) ?? [];
  return targets.filter((target) => !targets.some((other) => other !== target && reaches(imports, other, target)));
}

/** Arrows of programs. */
const solid = names.flatMap((name) => directImports(programImports, name).map((target) => `${name} --> ${target}`));

/** Arrows that only tests have. */
const dotted = names.flatMap((name) => {
  const ofTests = directImports(allImports, name).filter((target) => !reaches(programImports, name, target));
  return ofTests.map((target) => `${name} -.-> ${target}`);
});

test.each(['CONTRIBUTING.md', 'CONTRIBUTING.ja.md'])('%s draws the arrows that the manifests have', (file) => {
  const drawn = groupsOf(page(file).text, /^ {2}([\w-]+ -\.?-> [\w-]+)$/gm);
  expect(drawn.toSorted()).toEqual([...solid, ...dotted].toSorted());
});

test.each(names)('the README of %s says how it is taken out', (name) => {
  expect(page(`packages/${name}/README.md`).text).toContain('\n## To take it out\n');
});
