import type { Command } from 'commander';
import { COMMENT_MARKER } from '@infra/common/comment';
import { newProoflinkProgram } from '../prooflink';
import { newProgram } from '../program/program';
import {
  assembly,
  changedAssembly,
  effectOf,
  file,
  folder,
  REHEARSAL_ACCOUNT,
  rehearsalAssembly,
} from './support/effect';

/** A parameter of a command, and two calls that differ in nothing but its value. */
interface ParameterRow {
  /** Command and parameter, such as `release --app`. */
  readonly parameter: string;
  /** The call with a value of the parameter; with `NOT_GIVEN` for a flag that is left out. */
  readonly call: (value: string) => string;
  readonly first: string;
  /** Another value. If the first one has the word alpha, this one has omega there, and the effects differ in nothing else. */
  readonly second: string;
}

const NOT_GIVEN = '';

/** Two files of users that differ in nothing but their names. */
const alphaUsers = file('alpha.csv', 'email,name\nann@example.com,Ann\n');
const omegaUsers = file('omega.csv', 'email,name\nann@example.com,Ann\n');

const NO_SUCH_FOLDER = `${folder}/none`;

/** Tag of an image that was pushed before the deployed one, v1: it migrates only if `--migration` asks for it. */
const EARLIER_TAG = 'old';

/** Every parameter of every command, in the order of `npm run prooflink -- --help`. */
const PARAMETERS: readonly ParameterRow[] = [
  {
    parameter: 'rehearse account',
    call: (account) => `rehearse ${account} --assembly ${rehearsalAssembly}`,
    first: '123456789012',
    second: REHEARSAL_ACCOUNT,
  },
  {
    parameter: 'rehearse --until',
    call: (stage) => `rehearse ${REHEARSAL_ACCOUNT} --assembly ${rehearsalAssembly} --until ${stage}`,
    first: 'deployAgain',
    second: 'deploy',
  },
  {
    parameter: 'rehearse --keep',
    call: (flag) => `rehearse ${REHEARSAL_ACCOUNT} --assembly ${rehearsalAssembly} ${flag}`,
    first: NOT_GIVEN,
    second: '--keep',
  },
  {
    parameter: 'rehearse --destroy',
    call: (flag) => `rehearse ${REHEARSAL_ACCOUNT} --assembly ${rehearsalAssembly} ${flag}`,
    first: NOT_GIVEN,
    second: '--destroy',
  },
  {
    parameter: 'rehearse --yes',
    call: (flag) => `rehearse ${REHEARSAL_ACCOUNT} --assembly ${rehearsalAssembly} --report ${folder}/reports ${flag}`,
    first: NOT_GIVEN,
    second: '--yes',
  },
  {
    parameter: 'rehearse --app-image',
    call: (image) =>
      `rehearse ${REHEARSAL_ACCOUNT} --assembly ${rehearsalAssembly} --batch-image b:1 --app-image ${image}`,
    first: 'alpha',
    second: 'omega',
  },
  {
    parameter: 'rehearse --batch-image',
    call: (image) =>
      `rehearse ${REHEARSAL_ACCOUNT} --assembly ${rehearsalAssembly} --app-image a:1 --batch-image ${image}`,
    first: 'alpha',
    second: 'omega',
  },
  {
    parameter: 'rehearse --users',
    call: (csv) =>
      `rehearse ${REHEARSAL_ACCOUNT} --assembly ${rehearsalAssembly} --app-image a --batch-image b --users ${csv}`,
    first: alphaUsers,
    second: omegaUsers,
  },
  {
    parameter: 'rehearse --assembly',
    call: (path) => `rehearse ${REHEARSAL_ACCOUNT} --assembly ${path}`,
    first: rehearsalAssembly,
    second: NO_SUCH_FOLDER,
  },
  {
    parameter: 'rehearse --report',
    call: (path) => `rehearse ${REHEARSAL_ACCOUNT} --assembly ${rehearsalAssembly} --yes --report ${path}`,
    first: `${folder}/alpha`,
    second: `${folder}/omega`,
  },
  { parameter: 'prepare environments', call: (environment) => `prepare ${environment}`, first: 'dev', second: 'prod' },
  {
    parameter: 'prepare --execution-policies',
    call: (arns) => `prepare --execution-policies ${arns}`,
    first: 'arn:alpha',
    second: 'arn:omega',
  },
  { parameter: 'prepare --json', call: (flag) => `prepare ${flag}`, first: NOT_GIVEN, second: '--json' },
  { parameter: 'settings environment', call: (environment) => `settings ${environment}`, first: 'dev', second: 'prod' },
  {
    parameter: 'settings action',
    call: (action) => `settings prod ${action}`,
    first: NOT_GIVEN,
    second: 'set ALPHA_KEY',
  },
  { parameter: 'settings key', call: (key) => `settings prod set ${key}`, first: 'ALPHA_KEY', second: 'OMEGA_KEY' },
  {
    parameter: 'cost environments',
    call: (environment) => `cost --assembly ${assembly} ${environment}`,
    first: 'dev',
    second: 'prod',
  },
  {
    parameter: 'cost --assembly',
    call: (path) => `cost dev --assembly ${path}`,
    first: assembly,
    second: NO_SUCH_FOLDER,
  },
  {
    parameter: 'cost --json',
    call: (flag) => `cost dev --assembly ${assembly} ${flag}`,
    first: NOT_GIVEN,
    second: '--json',
  },
  {
    parameter: 'cost --renew',
    call: (flag) => `cost --assembly ${assembly} ${flag}`,
    first: NOT_GIVEN,
    second: '--renew',
  },
  {
    parameter: 'release environment',
    call: (environment) => `release ${environment} --app alpha`,
    first: 'dev',
    second: 'prod',
  },
  { parameter: 'release --app', call: (tag) => `release dev --app ${tag}`, first: 'alpha', second: 'omega' },
  { parameter: 'release --batch', call: (tag) => `release dev --batch ${tag}`, first: 'alpha', second: 'omega' },
  {
    parameter: 'release --migration',
    call: (flag) => `release dev --app ${EARLIER_TAG} ${flag}`,
    first: NOT_GIVEN,
    second: '--migration',
  },
  {
    parameter: 'release --no-migration',
    call: (flag) => `release dev --app ${EARLIER_TAG} ${flag}`,
    first: NOT_GIVEN,
    second: '--no-migration',
  },
  {
    parameter: 'release --json',
    call: (flag) => `release dev --app alpha ${flag}`,
    first: NOT_GIVEN,
    second: '--json',
  },
  { parameter: 'restart environment', call: (environment) => `restart ${environment}`, first: 'dev', second: 'prod' },
  { parameter: 'restart --json', call: (flag) => `restart dev ${flag}`, first: NOT_GIVEN, second: '--json' },
  { parameter: 'status environment', call: (environment) => `status ${environment}`, first: 'dev', second: 'prod' },
  { parameter: 'status --json', call: (flag) => `status dev ${flag}`, first: NOT_GIVEN, second: '--json' },
  { parameter: 'doctor environment', call: (environment) => `doctor ${environment}`, first: 'dev', second: 'prod' },
  { parameter: 'doctor --json', call: (flag) => `doctor dev ${flag}`, first: NOT_GIVEN, second: '--json' },
  {
    parameter: 'first-contact environment',
    call: (environment) => `first-contact ${environment}`,
    first: 'dev',
    second: 'prod',
  },
  {
    parameter: 'first-contact --json',
    call: (flag) => `first-contact dev ${flag}`,
    first: NOT_GIVEN,
    second: '--json',
  },
  {
    parameter: 'import environment',
    call: (environment) => `import ${environment} ${alphaUsers}`,
    first: 'dev',
    second: 'prod',
  },
  { parameter: 'import file', call: (path) => `import dev ${path}`, first: alphaUsers, second: omegaUsers },
  { parameter: 'import --job', call: (job) => `import dev --job ${job}`, first: 'alpha', second: 'omega' },
  { parameter: 'start environment', call: (environment) => `start ${environment}`, first: 'dev', second: 'prod' },
  { parameter: 'stop environment', call: (environment) => `stop ${environment}`, first: 'dev', second: 'prod' },
  { parameter: 'drift stack', call: (stack) => `drift ${stack}`, first: 'ProoflinkDev', second: 'ProoflinkProd' },
  {
    parameter: 'reachability assembly',
    call: (path) => `reachability ${path}`,
    first: assembly,
    second: NO_SUCH_FOLDER,
  },
  { parameter: 'review base', call: (path) => `review ${path} ${assembly}`, first: assembly, second: changedAssembly },
  { parameter: 'review head', call: (path) => `review ${assembly} ${path}`, first: assembly, second: changedAssembly },
  {
    parameter: 'review --markdown',
    call: (flag) => `review ${assembly} ${changedAssembly} ${flag}`,
    first: NOT_GIVEN,
    second: '--markdown',
  },
  {
    parameter: 'review --config-diff',
    call: (path) => `review ${assembly} ${changedAssembly} --config-diff ${path}`,
    first: file('a.diff', '+a\n'),
    second: file('b.diff', '+b\n'),
  },
  {
    parameter: 'review --allow-destructive',
    call: (flag) => `review ${assembly} ${changedAssembly} ${flag}`,
    first: NOT_GIVEN,
    second: '--allow-destructive',
  },
  {
    parameter: 'review --stack',
    call: (stack) => `review ${assembly} ${changedAssembly} --stack ${stack}`,
    first: 'ProoflinkDev',
    second: 'ProoflinkProd',
  },
  {
    parameter: 'review --lose',
    call: (names) => `review ${assembly} ${changedAssembly} --stack ProoflinkDev --lose ${names}`,
    first: 'none',
    second: 'Database/Instance',
  },
  { parameter: 'comment run', call: (run) => `comment ${run} body.md`, first: '1', second: '2' },
  {
    parameter: 'comment file',
    call: (path) => `comment 1 ${path}`,
    first: file('a.md', `${COMMENT_MARKER}\n\na`),
    second: file('b.md', `${COMMENT_MARKER}\n\nb`),
  },
];

/** Arguments and options of each command, as commander has them. */
function parametersOf(program: Command): string[] {
  const parameters: string[] = [];
  for (const command of program.commands) {
    for (const argument of command.registeredArguments) parameters.push(`${command.name()} ${argument.name()}`);
    for (const { long } of command.options) parameters.push(`${command.name()} ${long ?? ''}`);
  }
  return parameters;
}

/** Effect of a call: all that it prints, asks AWS and GitHub, starts and writes, in alphabetical order. */
async function sortedEffectOf(program: () => Command, call: string): Promise<string[]> {
  const effect = await effectOf(program, call);
  return effect.sort();
}

/** Effects by their calls, each of which had the same one twice. */
const repeatableEffects = new Map<string, string[]>();

/** The effect of a call that is made twice: an effect that changes by itself would show nothing of a parameter. */
async function repeatableEffectOf(program: () => Command, call: string): Promise<string[]> {
  const earlierEffect = repeatableEffects.get(call);
  if (earlierEffect) return earlierEffect;
  const effect = await sortedEffectOf(program, call);
  expect(await sortedEffectOf(program, call)).toEqual(effect);
  repeatableEffects.set(call, effect);
  return effect;
}

/** Effects of the two calls of a parameter. */
async function effectsOf(program: () => Command, { call, first, second }: ParameterRow) {
  const firstEffect = await repeatableEffectOf(program, call(first).trim());
  const secondEffect = await sortedEffectOf(program, call(second).trim());
  return { firstEffect, secondEffect };
}

it('every argument and option of a command has a row: without one, it may be ignored', () => {
  expect(PARAMETERS.map(({ parameter }) => parameter)).toEqual(parametersOf(newProoflinkProgram()));
});

/** Letters from which on a value is found nowhere but in its own places. */
const SHORTEST_DISTINCT_VALUE = 5;

describe.each(PARAMETERS)('$parameter', (row) => {
  const { first } = row;
  let firstEffect: string[];
  let secondEffect: string[];

  beforeAll(async () => {
    ({ firstEffect, secondEffect } = await effectsOf(newProoflinkProgram, row));
  });

  it('has an effect: ignored, the command would deploy, ask or write something else than a person named', () => {
    expect(secondEffect).not.toEqual(firstEffect);
  });

  // A shorter value may be a part of other words, such as `dev` of `device`.
  if (first.length >= SHORTEST_DISTINCT_VALUE)
    it('leaves nothing of a value that was not given, such as a default that stays beside it', () => {
      expect(secondEffect.join('\n')).not.toContain(first);
    });

  if (/alpha/i.test(first))
    it('reaches each place with its value: the effects of alpha and omega differ in this word alone', () => {
      const renamed = firstEffect.map((line) => line.replaceAll('alpha', 'omega').replaceAll('ALPHA', 'OMEGA'));
      expect(secondEffect).toEqual(renamed.sort());
    });
});

it('the tests above find an option whose value is ignored: its two calls have equal effects', async () => {
  /** A program with a release that prints v1, whatever tag it gets. */
  const program = () => {
    const broken = newProgram('it', '');
    broken
      .command('release')
      .option('--app <tag>')
      .action(() => {
        console.log('v1');
      });
    return broken;
  };
  const ignored: ParameterRow = {
    parameter: 'release --app',
    call: (tag) => `release --app ${tag}`,
    first: 'v1',
    second: 'v2',
  };
  const { firstEffect, secondEffect } = await effectsOf(program, ignored);
  expect(secondEffect).toEqual(firstEffect);
});
