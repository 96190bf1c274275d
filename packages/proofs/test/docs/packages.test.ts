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

/** Packages that a package imports, by its manifest, and the app. */
function importedBy(name: string): string[] {
  const folder = join(ROOT, 'packages', name);
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  const modules = Object.keys({ ...dependencies, ...devDependencies });
  const packages = modules.filter((module) => module.startsWith('@infra/'));
  const app = name === DOOR ? ['lib'] : [];
  return [...packages.map((module) => module.replace('@infra/', '')), ...app];
}

const imported = new Map(names.map((name) => [name, importedBy(name)]));

/** True if a package reaches another one by the arrows. Ends where arrows go in a circle. */
function reaches(from: string, to: string, seen = new Set<string>()): boolean {
  if (seen.has(from)) return false;
  seen.add(from);
  const next = imported.get(from) ?? [];
  return next.includes(to) || next.some((name) => reaches(name, to, seen));
}

test('the arrows between packages go one way', () => {
  expect(names.filter((name) => reaches(name, name))).toEqual([]);
});

/** The packages of a list that none of its other ones reaches. */
function directTargets(targets: readonly string[]): string[] {
  return targets.filter((target) => !targets.some((other) => other !== target && reaches(other, target)));
}

/** Arrows that do not follow from others. */
const arrows = [...imported].flatMap(([importer, targets]) =>
  directTargets(targets).map((target) => `${importer} --> ${target}`),
);

test.each(['CONTRIBUTING.md', 'CONTRIBUTING.ja.md'])('%s draws the arrows that the manifests have', (file) => {
  const drawn = groupsOf(page(file).text, /^ {2}([\w-]+ --> [\w-]+)$/gm);
  expect(drawn.toSorted()).toEqual(arrows.toSorted());
});

test.each(names)('the README of %s says how it is taken out', (name) => {
  expect(page(`packages/${name}/README.md`).text).toContain('\n## To take it out\n');
});
