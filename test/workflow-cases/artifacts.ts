import { cpSync, existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Event } from './event';

/** The id of the run itself. */
export const OWN_RUN = '1';

type Input = Readonly<Record<string, string>>;

/** The artifacts of a run, as GitHub's actions keep and return them. */
export class Artifacts {
  private readonly kept = new Map<string, string>();

  constructor(
    private readonly root: string,
    private readonly left: Event['left'],
  ) {}

  names(): string[] {
    return [...this.kept.keys()];
  }

  upload(input: Input, workspace: string): boolean {
    const { name = '', path = '' } = input;
    if (path === '') return false;
    const found = path.split('\n').flatMap((line) => glob(join(workspace, line.trim())));
    if (found.length === 0) return input['if-no-files-found'] !== 'error';
    const kept = join(this.root, `artifact-${name}`);
    const hidden = (file: string) => basename(file).startsWith('.') && input['include-hidden-files'] !== 'true';
    for (const one of found) {
      const to = statSync(one).isDirectory() ? kept : join(kept, basename(one));
      cpSync(one, to, { recursive: true, filter: (file) => !hidden(file) });
    }
    this.kept.set(name, kept);
    return true;
  }

  download(input: Input, workspace: string): boolean {
    const { name = '', path = '.' } = input;
    if (input['run-id'] !== undefined && input['run-id'] !== OWN_RUN) return this.fetch(input, join(workspace, path));
    if (input['pattern'] !== undefined) return this.merge(input, join(workspace, path));
    const kept = this.kept.get(name);
    if (kept === undefined) return false;
    cpSync(kept, join(workspace, path), { recursive: true });
    return true;
  }

  /** Those whose names begin alike, each in a folder of its own unless they are to be merged; none is no failure. */
  private merge(input: Input, path: string): boolean {
    const start = (input['pattern'] ?? '').replace(/\*$/, '');
    for (const [name, kept] of this.kept) {
      if (!name.startsWith(start)) continue;
      cpSync(kept, input['merge-multiple'] === 'true' ? path : join(path, name), { recursive: true });
    }
    return true;
  }

  /** Another run's artifact, which takes a token. */
  private fetch(input: Input, path: string): boolean {
    const { run, artifact, file, text } = this.left ?? {};
    const token = input['github-token'] ?? '';
    if (input['run-id'] !== run || input['name'] !== artifact || token === '' || file === undefined) return false;
    mkdirSync(path, { recursive: true });
    writeFileSync(join(path, file), text ?? '');
    return true;
  }
}

/** What is at a path, whose last part may have an asterisk. */
function glob(path: string): string[] {
  if (!path.includes('*')) return existsSync(path) ? [path] : [];
  const [start = '', end = ''] = basename(path).split('*');
  const files = existsSync(dirname(path)) ? readdirSync(dirname(path)) : [];
  return files.filter((file) => file.startsWith(start) && file.endsWith(end)).map((file) => join(dirname(path), file));
}
