import { cpSync, existsSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';

type Input = Readonly<Record<string, string>>;

/** The artifacts of a run, as GitHub's actions keep and return them. */
export class Artifacts {
  private readonly kept = new Map<string, string>();

  constructor(private readonly root: string) {}

  names(): string[] {
    return [...this.kept.keys()];
  }

  upload(input: Input, workspace: string): boolean {
    const { name = '', path = '' } = input;
    const found = join(workspace, path);
    if (!existsSync(found)) return input['if-no-files-found'] !== 'error';
    const kept = join(this.root, `artifact-${name}`);
    const hidden = (file: string) => basename(file).startsWith('.') && input['include-hidden-files'] !== 'true';
    if (statSync(found).isDirectory()) cpSync(found, kept, { recursive: true, filter: (file) => !hidden(file) });
    else cpSync(found, join(kept, basename(found)));
    this.kept.set(name, kept);
    return true;
  }

  download({ name = '', path = '.' }: Input, workspace: string): boolean {
    const kept = this.kept.get(name);
    if (kept === undefined) return false;
    cpSync(kept, join(workspace, path), { recursive: true });
    return true;
  }
}
