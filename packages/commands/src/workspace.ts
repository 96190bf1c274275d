import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { parseJson, valueAtPath } from '@infra/common/values';
import { parse } from 'yaml';

/** Closest folder above that is the root of a workspace with this folder in it; `undefined` if there is none. */
export function workspaceRoot(folder: string): string | undefined {
  for (let above = dirname(folder); above !== dirname(above); above = dirname(above)) {
    if (isInWorkspace(above, folder)) return above;
  }
  return undefined;
}

/** True if a folder is a package of the workspace with this root. */
export function isInWorkspace(root: string, folder: string): boolean {
  return workspacePatterns(root).some((pattern) => matches(pattern, relative(root, folder)));
}

/** Patterns of the packages of a workspace of npm, pnpm, yarn or bun; none if the folder is no root of one. */
export function workspacePatterns(folder: string): string[] {
  const fileOfPnpm = join(folder, 'pnpm-workspace.yaml');
  if (existsSync(fileOfPnpm)) return textsIn(valueAtPath(parse(readFileSync(fileOfPnpm, 'utf8')), 'packages'));
  const manifestFile = join(folder, 'package.json');
  const manifest = existsSync(manifestFile) ? parseJson(readFileSync(manifestFile, 'utf8')) : undefined;
  return textsIn(valueAtPath(manifest, 'workspaces', 'packages') ?? valueAtPath(manifest, 'workspaces'));
}

function textsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** Letters that a regular expression takes as its own, without the asterisk of a pattern. */
const OWN_LETTERS = /[.+?^${}()|[\]\\]/g;

/** `apps/*` matches apps/web; `**` matches folders at any depth. */
function matches(pattern: string, path: string): boolean {
  const names = pattern.replace(/^\.\/|\/$/g, '').split('/');
  const expressions = names.map((name) => {
    if (name === '**') return '.+';
    return name.replace(OWN_LETTERS, String.raw`\$&`).replaceAll('*', '[^/]+');
  });
  return new RegExp(`^${expressions.join('/')}$`).test(path);
}
