import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** A place in a file of the application, as `app/api/health/route.ts:3`. */
export type Place = string;

/** A file of JavaScript or TypeScript. */
export interface SourceFile {
  /** Path below the folder that was read. */
  readonly path: string;
  readonly tree: ts.SourceFile;
}

const SOURCE = /(?<!\.d)\.[cm]?[jt]sx?$/;
/** Files that do not run on AWS. */
const OF_TESTS = /\.(?:test|spec|stories|cy)\.\w+$/;
/** Folders of packages, of builds, of files for browsers and of tests. Hidden ones are left out, too. */
const LEFT_OUT = [
  'node_modules',
  'dist',
  'build',
  'out',
  'public',
  'coverage',
  'test',
  'tests',
  '__tests__',
  '__mocks__',
  'e2e',
  'cypress',
];

/** Paths of the files below a folder that the application may run. Links are not followed. */
export function filesBelow(folder: string, path = ''): string[] {
  return readdirSync(join(folder, path), { withFileTypes: true }).flatMap((entry) => {
    const inner = join(path, entry.name);
    if (entry.isDirectory()) {
      const isLeftOut = entry.name.startsWith('.') || LEFT_OUT.includes(entry.name);
      return isLeftOut ? [] : filesBelow(folder, inner);
    }
    return entry.isFile() && !OF_TESTS.test(entry.name) ? [inner] : [];
  });
}

/** Parses the files of a folder that are JavaScript or TypeScript. */
export function readSources(folder: string, paths: readonly string[]): SourceFile[] {
  return paths
    .filter((path) => SOURCE.test(path))
    .map((path) => {
      const text = readFileSync(join(folder, path), 'utf8');
      return { path, tree: ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true) };
    });
}

/** Nodes of a file that a test accepts, wherever they stand. */
export function nodesOf<Kind extends ts.Node>(file: SourceFile, accepts: (node: ts.Node) => node is Kind): Kind[] {
  const found: Kind[] = [];
  const visit = (node: ts.Node): void => {
    if (accepts(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(file.tree);
  return found;
}

/** The place of a node. */
export function placeOf({ path, tree }: SourceFile, node: ts.Node): Place {
  const { line } = tree.getLineAndCharacterOfPosition(node.getStart(tree));
  return `${path}:${line + 1}`;
}
