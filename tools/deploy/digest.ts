import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { CannotTellError, type Outcome } from '@infra/common/outcome';

/** One number for every file of an assembly, names and hidden ones included; with a number, whether it is that one. */
export function runDigest(directory: string, expected: string | undefined): Outcome {
  if (!statSync(directory, { throwIfNoEntry: false })?.isDirectory()) {
    throw new CannotTellError(`${directory} is not a directory.`);
  }
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((file) => statSync(join(directory, file)).isFile())
    .sort();
  const lines = files.map((file) => `${sha256(readFileSync(join(directory, file)))}  ${file}\n`);
  const digest = sha256(lines.join(''));
  if (expected === undefined || expected === digest) return { exitCode: 0, stdout: `${digest}\n`, stderr: '' };
  const stderr = `The assembly's digest is ${digest}, not ${expected}: it is not the one that was synthesized.\n`;
  return { exitCode: 1, stdout: '', stderr };
}

function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
