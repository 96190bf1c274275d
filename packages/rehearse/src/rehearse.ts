import { confirm } from '@infra/commands/confirm';
import { delivery, environments } from '@infra/commands/app';
import { CannotTellError, type Outcome } from '@infra/common/outcome';
import { makeTemporaryFolder } from '@infra/common/own-paths';
import { buildImages } from './docker';
import { type Place, readOwnStack, requireCredentials } from './own-stack';
import { runCdkCli, showProgress } from './processes';
import { Records } from './records';
import { refuseAccount } from './refusals';
import { rehearsalConfig, rehearsedName } from './rehearsal-config';
import { Run } from './run';
import { type Rehearsal, type Stage, STAGE_NAMES, type StageName } from './stage';
import { STAGES } from './stages';
import { words } from './words';

/** Options of `rehearse`, named as on the command line. */
export interface RehearseOptions {
  readonly until: StageName;
  readonly keep?: boolean;
  readonly destroy?: boolean;
  readonly yes?: boolean;
  readonly report: string;
}

const ACCOUNT = /^\d{12}$/;

/** Stages that delete the stack, and that deploy it once more. */
const FROM_DESTROY_ON: ReadonlySet<StageName> = new Set(['destroy', 'deployAgain', 'destroyAgain']);

/**
 * Rehearses the first deploy in an account that was made for it, and goes on where an earlier call has ended. With
 * `--destroy`, no stage runs but the one that destroys what is left. Every refusal is thrown, and then nothing was touched.
 */
export async function runRehearse(account: string, options: RehearseOptions): Promise<Outcome> {
  if (!ACCOUNT.test(account)) throw new CannotTellError(words.notAccount({ account }));
  const config = rehearsalConfig(environments, account);
  if (!config) throw new CannotTellError(words.noEnvironment);
  const records = new Records(options.report, account);
  const stages = options.destroy ? [] : remainingStages(options, records);
  const place: Place = { account, region: config.region };
  await requireCredentials(place);
  if (!options.destroy) await refuseAccount(place, environments, [delivery.region]);
  const arn = (await readOwnStack(place))?.StackId;

  const plan = options.destroy ? arn && words.plan.onlyDestroys({ arn }) : planOf(place, options, stages);
  if (plan) {
    showProgress(plan);
    if (!(await mayBegin(options))) return { exitCode: 2, stdout: `${words.declined}\n`, stderr: '' };
  }
  const rehearsal: Rehearsal = { ...place, config, assemblyFolder: await synthesize(account) };
  if (stages.some(({ name }) => name === 'release' || name === 'failedRelease')) await buildImages(rehearsal);
  const run = new Run(rehearsal, records, options.keep === true);
  return await run.through(stages);
}

/** Stages up to the wanted one, without those that have ended in an earlier call, and without deletions for `--keep`. */
function remainingStages({ until, keep }: RehearseOptions, records: Records): Stage[] {
  const ended = records.read().filter(({ result }) => result !== undefined);
  const done = new Set(ended.map(({ stage }) => stage));
  const wanted = STAGES.slice(0, STAGE_NAMES.indexOf(until) + 1);
  return wanted.filter(({ name }) => !done.has(name) && !(keep && FROM_DESTROY_ON.has(name)));
}

/** Synthesizes the stack of a rehearsal into a temporary folder, which is removed when this process ends. */
async function synthesize(account: string): Promise<string> {
  const folder = makeTemporaryFolder('prooflink-rehearsal-');
  // Node loads the app as it has loaded this program.
  const app = ['node', ...process.execArgv, 'packages/rehearse/src/rehearsal-app.ts'].join(' ');
  const options = ['--quiet', '--app', app, '--context', `account=${account}`, '--output', folder];
  const { exitCode, lines } = await runCdkCli(['synth', ...options]);
  if (exitCode !== 0) throw new CannotTellError(words.notSynthesized({ output: lines.join('\n') }));
  return folder;
}

/** Lines for the person who is asked. */
function planOf({ account, region }: Place, options: RehearseOptions, stages: readonly Stage[]): string {
  const environmentName = rehearsedName(environments) ?? '';
  const names = stages.map(({ name }) => name).join(', ');
  const expectedMinutes = stages.reduce((sum, { minutes }) => sum + minutes, 0);
  const lines = [
    words.plan.account({ account, region, environmentName }),
    words.plan.stages({ stages: names, minutes: expectedMinutes }),
    options.keep ? words.plan.keeps : words.plan.destroys,
    words.plan.sample,
  ];
  return lines.join('\n');
}

async function mayBegin({ yes }: RehearseOptions): Promise<boolean> {
  if (yes) return true;
  const answer = await confirm(words.plan.question);
  if (answer === undefined) throw new CannotTellError(words.notAsked);
  return answer;
}
