import { existsSync } from 'node:fs';
import type { Stack } from '@aws-sdk/client-cloudformation';
import { readAssembly, type SynthesizedStack } from '@infra/common/assembly';
import { CannotTellError, type Outcome } from '@infra/common/outcome';
import { makeTemporaryFolder } from '@infra/common/own-paths';
import { SecretMask } from '@infra/common/secret-mask';
import { confirm } from '@infra/commands/confirm';
import { delivery, type EnvironmentConfig, environments as configured } from '@infra/commands/app';
import { hasDocker, prepareImages } from './docker';
import { OWN_STACK_NAME, REHEARSAL } from './environment';
import { wakeUp } from './hours';
import { isDeployed, type Place, readOwnStack, requireCredentials, waitForRest } from './own-stack';
import { printableText, runCdkCli, runProoflink, showProgress } from './processes';
import { Records } from './records';
import { refusalByTime, refusalsOfAccount } from './refusals';
import { fieldsChanged, rehearsalConfig, rehearsedName } from './rehearsal-config';
import { Run } from './run';
import { type OwnImages, type Rehearsal, type Stage, STAGE_NAMES, type StageName } from './stage';
import { STAGES } from './stages';
import { words } from './words';

/** Options of `rehearse`, named as on the command line. */
export interface RehearseOptions {
  readonly until: StageName;
  readonly keep?: boolean;
  readonly destroy?: boolean;
  readonly yes?: boolean;
  readonly appImage?: string;
  readonly batchImage?: string;
  readonly users?: string;
  readonly assembly?: string;
  readonly report: string;
}

const ACCOUNT = /^\d{12}$/;

/** Minutes beyond the expected ones in which no schedule may fire either. */
const RESERVE_MINUTES = 60;

/** Stages that delete the stack, and that deploy it once more. */
const FROM_DESTROY_ON: ReadonlySet<StageName> = new Set(['destroy', 'deployAgain', 'destroyAgain']);

type Environments = Readonly<Record<string, EnvironmentConfig>>;

/** A call of the command. */
interface Call {
  readonly place: Place;
  readonly options: RehearseOptions;
  readonly environments: Environments;
  readonly config: EnvironmentConfig;
  readonly records: Records;
  readonly now: Date;
}

/** Rehearses the first deploy in an account that was made for it, or destroys what an earlier call has left there. */
export async function runRehearse(
  account: string,
  options: RehearseOptions,
  environments: Environments = configured,
  now = new Date(),
): Promise<Outcome> {
  if (!ACCOUNT.test(account)) throw new CannotTellError(words.notAccount({ account }));
  const config = rehearsalConfig(environments, account);
  if (!config) throw new CannotTellError(words.noEnvironment);
  const place: Place = { account, region: config.region };
  const records = new Records(options.report, account);
  const call: Call = { place, options, environments, config, records, now };
  return options.destroy ? await destroyOnly(call) : await rehearse(call);
}

async function rehearse(call: Call): Promise<Outcome> {
  const { place, options, config, records } = call;
  const stages = remainingStages(call);
  const assemblyFolder = options.assembly ?? (await synthesize(place.account));
  const stack = readAssembly(assemblyFolder, new SecretMask()).stacks.get(OWN_STACK_NAME);
  const { refusals, ownStack } = await refusalsOf(call, stages, stack);
  if (refusals.length > 0) return refusedOutcome(place.account, refusals);
  for (const line of await planLines(call, stages, assemblyFolder)) showProgress(line);
  if (!(await mayBegin(options))) return { exitCode: 2, stdout: `${words.declined}\n`, stderr: '' };

  const rehearsal: Rehearsal = {
    ...place,
    config,
    assemblyFolder,
    ownImages: ownImages(options),
    usersFile: options.users,
  };
  if (pushesImages(stages)) await prepareImages(rehearsal);
  return await new Run(rehearsal, records, options.keep === true).handleSignalsDuring(async (run) => {
    // An earlier call may have been left while its stack sleeps, or changes.
    const stackAtRest = ownStack && (await waitForRest(place));
    if (config.officeHours && usesStack(stages) && isDeployed(stackAtRest)) await wakeUp();
    return await run.through(stages);
  });
}

/** Stages up to the wanted one, without those that have ended in an earlier call, and without deletions for `--keep`. */
function remainingStages({ options: { until, keep }, records }: Call): Stage[] {
  const ended = new Set(records.read().flatMap(({ stage, result }) => (result ? [stage] : [])));
  const wanted = STAGES.slice(0, STAGE_NAMES.indexOf(until) + 1);
  return wanted.filter(({ name }) => !ended.has(name) && !(keep && FROM_DESTROY_ON.has(name)));
}

function pushesImages(stages: readonly Stage[]): boolean {
  return stages.some(({ name }) => name === 'release' || name === 'failedRelease');
}

/** True unless all that is left is to delete the stack, and to deploy it anew. */
function usesStack([first]: readonly Stage[]): boolean {
  return first !== undefined && !FROM_DESTROY_ON.has(first.name);
}

/** All reasons for which nothing is touched, and the stack that an earlier call has left. */
async function refusalsOf(
  { place, options, environments, now }: Call,
  stages: readonly Stage[],
  stack: SynthesizedStack | undefined,
): Promise<{ readonly refusals: string[]; readonly ownStack: Stack | undefined }> {
  const refusals = [...refusalsOfOptions(options)];
  if (pushesImages(stages) && !(await hasDocker())) refusals.push(words.noDocker);
  const refusalsOfPlace = await refusalsOfAccount(place, environments, [delivery.region]);
  refusals.push(...refusalsOfPlace);
  const ownStack = refusalsOfPlace.length > 0 ? undefined : await readOwnStack(place);
  // A stack costs, whatever the clock says: a call that goes on is not refused by it.
  const lateness = ownStack ? undefined : refusalByTime(stack, minutesOf(stages) + RESERVE_MINUTES, now);
  if (lateness !== undefined) refusals.push(lateness);
  return { refusals, ownStack };
}

function refusalsOfOptions({ appImage, batchImage, users }: RehearseOptions): string[] {
  const refusals: string[] = [];
  const hasOneImage = (appImage === undefined) !== (batchImage === undefined);
  if (hasOneImage) refusals.push(words.onlyOneImage);
  if (users !== undefined && !existsSync(users)) refusals.push(words.noUsersFile({ file: users }));
  return refusals;
}

function ownImages({ appImage, batchImage }: RehearseOptions): OwnImages | undefined {
  return appImage !== undefined && batchImage !== undefined ? { app: appImage, batch: batchImage } : undefined;
}

function refusedOutcome(account: string, refusals: readonly string[]): Outcome {
  const items = refusals.map((refusal) => `  - ${refusal.replaceAll('\n', '\n    ')}`);
  const lines = [words.refused({ account }), ...items, ''].join('\n');
  return { exitCode: 2, stdout: '', stderr: printableText(lines) };
}

function minutesOf(stages: readonly Stage[]): number {
  return stages.reduce((sum, { minutes }) => sum + minutes, 0);
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

/** Lines for the person who is asked: stages, time and cost. */
async function planLines(
  { place, options, environments, config, records }: Call,
  stages: readonly Stage[],
  assemblyFolder: string,
): Promise<string[]> {
  const environmentName = rehearsedName(environments) ?? '';
  const fields = fieldsChanged(environments[environmentName] ?? {}, config).join(', ');
  const images = ownImages(options);
  const began = records.read()[0]?.began;
  const lines = [
    words.plan.account({ ...place, environmentName }),
    fields && words.plan.switchedOff({ fields }),
    began !== undefined && words.plan.continued({ began }),
    words.plan.stages({ stages: stages.map(({ name }) => name).join(', '), minutes: minutesOf(stages) }),
    options.keep ? words.plan.keeps : words.plan.destroys,
    began === undefined && (await costSentence(assemblyFolder)),
    images ? words.plan.own({ appImage: images.app, batchImage: images.batch }) : words.plan.sample,
    options.users !== undefined && words.plan.users({ file: options.users }),
    words.stays,
  ];
  return lines.filter((line): line is string => typeof line === 'string' && line !== '');
}

const DAYS_PER_MONTH = 30;

/** Part of what `cost --json` prints. */
interface CostReport {
  readonly environments: readonly { readonly lines: readonly { readonly usd: { readonly to: number } }[] }[];
}

/** Sentence on a day of the stack, without what depends on its use, of which there is hardly any. */
async function costSentence(assemblyFolder: string): Promise<string> {
  const { stdout } = await runProoflink(['cost', REHEARSAL, '--assembly', assemblyFolder, '--json']);
  const [environment] = stdout === '' ? [] : (JSON.parse(stdout) as CostReport).environments;
  if (!environment) return words.plan.costUnknown;
  const monthly = environment.lines.reduce((sum, { usd }) => sum + usd.to, 0);
  return words.plan.cost({ usd: (monthly / DAYS_PER_MONTH).toFixed(2) });
}

async function mayBegin({ yes }: RehearseOptions): Promise<boolean> {
  if (yes) return true;
  const answer = await confirm(words.plan.question);
  if (answer === undefined) throw new CannotTellError(words.notAsked);
  return answer;
}

/** Destroys the stack that an earlier call has left; nothing else is looked at. */
async function destroyOnly({ place, options, config, records }: Call): Promise<Outcome> {
  await requireCredentials(place);
  const stack = await readOwnStack(place);
  if (!stack) {
    records.end();
    return { exitCode: 0, stdout: `${words.nothingLeft({ stackName: OWN_STACK_NAME, ...place })}\n`, stderr: '' };
  }
  showProgress(words.askedToDestroy({ arn: stack.StackId ?? '' }));
  if (!(await mayBegin(options))) return { exitCode: 2, stdout: `${words.declined}\n`, stderr: '' };
  const assemblyFolder = options.assembly ?? (await synthesize(place.account));
  const rehearsal: Rehearsal = { ...place, config, assemblyFolder, ownImages: undefined, usersFile: undefined };
  return await new Run(rehearsal, records, false).handleSignalsDuring((run) => run.through([]));
}
