import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { compareAssemblies } from './compare';
import { SecretMask } from '../shared/secret-mask';
import { readLiveDiffs } from './live-diffs';
import { readAssembly } from '../shared/assembly';
import { CannotTellError, failure, type Outcome } from '../shared/outcome';
import { renderFailure, renderMarkdown } from './render-markdown';
import { renderTerminal, type TerminalOptions } from './render-terminal';
import { countOf, failedLive } from './report';

const USAGE = `Usage: npm run diff:review -- <base assembly> <head assembly> [options]

  Each assembly is a directory that "npx cdk synth -o <directory>" wrote.

  --markdown            a comment for a pull request instead of tables
  --config-diff <file>  also show this diff: git diff <base>...<head> -- lib/config > <file>
  --live <file>         also show what "npm run diff:live -- <head assembly> <file>" found out
  --allow-destructive   data at risk is accepted: say so, and succeed

Exit code: 0 nothing at risk, 1 data at risk, 2 could not tell`;

/** The program: compares two assemblies and renders what a reviewer must know. */
export function runDiffReview(args: readonly string[], terminal: TerminalOptions): Outcome {
  try {
    return review(args, terminal);
  } catch (error) {
    return failure(error, (message) => (args.includes('--markdown') ? renderFailure(message) : ''));
  }
}

function review(args: readonly string[], terminal: TerminalOptions): Outcome {
  const { base, head, options } = readArguments(args);
  const mask = new SecretMask();
  const configDiff = options['config-diff'] === undefined ? '' : readConfigDiff(options['config-diff'], mask);
  const [baseAssembly, headAssembly] = [readAssembly(base, mask), readAssembly(head, mask)];
  const live = options.live === undefined ? undefined : readLiveDiffs(options.live, headAssembly, mask);
  const compared = compareAssemblies(baseAssembly, headAssembly, configDiff, live);
  const allowed = options['allow-destructive'] === true;
  const atRisk = countOf(compared, 'risk') > 0 && !allowed;
  return {
    exitCode: failedLive(compared).length > 0 ? 2 : atRisk ? 1 : 0,
    stdout: options.markdown ? renderMarkdown(compared, allowed) : renderTerminal(compared, allowed, terminal),
    stderr: '',
  };
}

function readArguments(args: readonly string[]) {
  const parsed = parse(args);
  const [base, head, ...more] = parsed.positionals;
  if (base === undefined || head === undefined || more.length > 0) {
    throw new CannotTellError(`Two assemblies are needed, ${String(parsed.positionals.length)} given.\n\n${USAGE}`);
  }
  return { base, head, options: parsed.values };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        markdown: { type: 'boolean' },
        'allow-destructive': { type: 'boolean' },
        'config-diff': { type: 'string' },
        live: { type: 'string' },
      },
    });
  } catch (error) {
    throw new CannotTellError(`${(error as Error).message}\n\n${USAGE}`);
  }
}

function readConfigDiff(file: string, mask: SecretMask): string {
  try {
    return mask.maskLines(readFileSync(file, 'utf8').trimEnd());
  } catch (error) {
    throw new CannotTellError(`The configuration's diff cannot be read: ${(error as Error).message}`);
  }
}
