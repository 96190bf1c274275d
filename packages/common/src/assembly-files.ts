import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { assemblyErrors } from './assembly-errors';

/** The JSON files of an assembly. A file elsewhere is refused: an assembly may come from somebody whose code is not trusted. */
export class AssemblyFiles {
  constructor(private readonly directory: string) {}

  /** Throws a CannotTellError if the file is outside of the assembly, or behind a link, or cannot be read. */
  readJson(file: string): unknown {
    const { directory } = this;
    if (!this.has(file)) throw assemblyErrors.outside({ directory, source: file });
    return readJson(file);
  }

  private has(file: string): boolean {
    const path = relative(this.directory, file);
    if (path.split(sep).includes('..')) return false;
    // A file that does not exist has another error.
    return !existsSync(file) || realpathSync(file) === join(realpathSync(this.directory), path);
  }
}

export function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    // The message of a SyntaxError quotes the JSON, and the quoted part might be a secret.
    if (error instanceof SyntaxError) throw assemblyErrors.noJson({ source: file });
    throw assemblyErrors.unreadableFile({ source: file, reason: (error as Error).message });
  }
}
