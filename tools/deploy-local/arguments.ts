import { parseArgs } from 'node:util';

/** What somebody asked `deploy:local` to do. */
export interface DeployLocalArguments {
  readonly environment: string;
  /** Leave the server running. */
  readonly keep: boolean;
  readonly help: boolean;
}

/** The arguments make no sense; the message says what would. */
export class UsageError extends Error {}

/** How to call it, for the environments that there are. */
export function usage(environments: readonly string[]): string {
  return [
    `Usage: npm run deploy:local -- [${environments.join('|')}] [--keep]`,
    '',
    'Deploys an environment to a local AWS on this machine and shows what was built.',
    '',
    `  ${environments.join(', ')}`.padEnd(14) + `the environment; ${environments[0] ?? ''} unless you say otherwise`,
    '  --keep'.padEnd(14) + 'leave the local AWS running afterwards',
    '  --help'.padEnd(14) + 'show this',
  ].join('\n');
}

/** Reads the command line. */
export function parseArguments(argv: readonly string[], environments: readonly string[]): DeployLocalArguments {
  const { values, positionals } = parse(argv, environments);
  const [environment = environments[0] ?? '', ...rest] = positionals;
  if (!environments.includes(environment)) throw misuse(`There is no environment '${environment}'.`, environments);
  if (rest.length > 0) throw misuse(`One environment at a time: what is '${rest.join(' ')}'?`, environments);
  return { environment, keep: values.keep, help: values.help };
}

function parse(argv: readonly string[], environments: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { keep: { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h', default: false } },
    });
  } catch (error) {
    const [reason = ''] = (error instanceof Error ? error.message : String(error)).split('. To specify');
    throw misuse(`${reason}.`, environments);
  }
}

function misuse(reason: string, environments: readonly string[]): UsageError {
  return new UsageError(`${reason}\n\n${usage(environments)}`);
}
