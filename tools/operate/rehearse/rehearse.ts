import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { CannotTellError, type Outcome } from '@infra/common/outcome';
import { removeOwnPath } from '@infra/common/own-paths';
import * as configured from '../../../lib/config';
import { delivery } from '../../../lib/config/delivery';
import type { EnvironmentConfig } from '../../../lib/config/environment';
import { fieldsSwitchedOff, rehearsalConfig, rehearsedName } from './rehearsal-config';
import { reasonOf } from '../../deployed/error-reason';
import { copyWithTags, readStacksOf, synthesizeRehearsal } from './assembly';
import { commandLine } from './command-line';
import { dailyCost } from './daily-cost';
import { EndHandler } from './end-handler';
import type { StageName } from './observation';
import { readOwnStack, requireCredentials, Tag } from './own-stack';
import { OWN_STACK_NAME } from './environment';
import type { Place } from './place';
import { type Position, readPosition } from './position';
import { printableText, showProgress } from './progress';
import { refusalsOfAccount } from './refusals';
import { type ImageSource, type Rehearsal, type Stage, StageFailedError } from './rehearsal';
import { keptRecords } from './report/kept-records';
import { runStage } from './run-stage';
import { refusalByTime } from './schedule-check';
import { STAGES } from './stages/all';
import { destroyOwnStack } from './stages/destroy';
import { assemblyFindings } from './template-check';
import { words } from './words';

/** Options of `rehearse`, named as on the command line. */
export interface RehearseOptions {
  readonly until: StageName;
  readonly destroy?: boolean;
  readonly yes?: boolean;
  readonly appImage?: string;
  readonly batchImage?: string;
  readonly users?: string;
  readonly assembly?: string;
  readonly report: string;
}

const ACCOUNT = /^\d{12}$/;

type Environments = Readonly<Record<string, EnvironmentConfig>>;

/** Rehearses the first deploy in an account that was made for it, or destroys what an earlier call has left there. */
export async function runRehearse(
  account: string,
  options: RehearseOptions,
  environments: Environments = configured,
  now = new Date(),
): Promise<Outcome> {
  if (!ACCOUNT.test(account)) throw new CannotTellError(words.notAccount({ account }));
  const config = rehearsalConfig(environments, account);
  if (!config) throw new CannotTellError(words.noEnvironment());
  const place: Place = { account, region: config.region };
  if (options.destroy) return await destroyOnly(place, options);

  const assemblyFolder = options.assembly ?? (await synthesizeRehearsal(account));
  const refusals = await refusalsOf({ place, options, environments, assemblyFolder, now });
  if (refusals.length > 0) return refusedOutcome(account, refusals);
  const position = await readPosition(place, assemblyFolder, now);
  const stages = stagesToRun(position, options);
  const allowed = await explainAndAsk({ place, options, environments, assemblyFolder, position, stages });
  if (!allowed) return { exitCode: 2, stdout: `${words.declined()}\n`, stderr: '' };

  const taggedFolder = copyWithTags(assemblyFolder, { [Tag.id]: position.id, [Tag.start]: position.start });
  const rehearsal: Rehearsal = {
    ...place,
    id: position.id,
    config,
    assemblyFolder: taggedFolder,
    images: imageSource(options),
    usersFile: options.users,
  };
  try {
    return await new Run(rehearsal, options).run(position, stages);
  } finally {
    removeOwnPath(taggedFolder);
  }
}

interface Call {
  readonly place: Place;
  readonly options: RehearseOptions;
  readonly environments: Environments;
  readonly assemblyFolder: string;
}

/** All reasons for which nothing is touched. */
async function refusalsOf({ place, options, environments, assemblyFolder, now }: Call & { readonly now: Date }) {
  const stacks = readStacksOf(assemblyFolder);
  const template = stacks.get(OWN_STACK_NAME)?.template ?? { Resources: {} };
  const expectedMinutes = minutesOf(STAGES);
  const refusals = [
    ...refusalsOfOptions(options),
    ...assemblyFindings(stacks, place),
    refusalByTime(template, expectedMinutes, now),
    ...(await refusalsOfAccount(place, environments, [delivery.region])),
  ];
  return refusals.filter((refusal) => refusal !== undefined);
}

function refusalsOfOptions({ appImage, batchImage, users }: RehearseOptions): string[] {
  const refusals: string[] = [];
  const hasOneImage = (appImage === undefined) !== (batchImage === undefined);
  if (hasOneImage) refusals.push(words.onlyOneImage());
  if (users !== undefined && appImage === undefined && batchImage === undefined)
    refusals.push(words.usersWithoutImages());
  if (users !== undefined && !existsSync(users)) refusals.push(words.noUsersFile({ file: users }));
  return refusals;
}

function imageSource({ appImage, batchImage }: RehearseOptions): ImageSource {
  if (appImage === undefined || batchImage === undefined) return { kind: 'sample' };
  return { kind: 'own', appImage, batchImage };
}

function refusedOutcome(account: string, refusals: readonly string[]): Outcome {
  const items = refusals.map((refusal) => `  - ${refusal.replaceAll('\n', '\n    ')}`);
  const text = [words.refused({ account }), ...items, ''].join('\n');
  return { exitCode: 2, stdout: '', stderr: printableText(text) };
}

function minutesOf(stages: readonly Stage[]): number {
  return stages.reduce((sum, { minutes }) => sum + minutes, 0);
}

/** Stages from where AWS has the rehearsal to the wanted one, without those that this machine has records of. */
function stagesToRun({ id, next }: Position, { until, report }: RehearseOptions): readonly Stage[] {
  if (next === undefined) return [];
  const names = STAGES.map(({ name }) => name);
  const remaining = STAGES.slice(names.indexOf(next), names.indexOf(until) + 1);
  const records = keptRecords({ directory: report, rehearsalId: id });
  const done = new Set(
    records
      .filter(({ exitCode, skippedBecause }) => exitCode === 0 && skippedBecause === undefined)
      .map(({ stage }) => stage),
  );
  // AWS knows best whether there is a stack.
  const isKnownToAws = (name: StageName) => name.startsWith('deploy') || name.startsWith('destroy');
  return remaining.filter(({ name }) => isKnownToAws(name) || !done.has(name));
}

interface Plan extends Call {
  readonly position: Position;
  readonly stages: readonly Stage[];
}

/** Says what is to be done, how long it takes and what it costs, and asks. Returns true if it may begin. */
async function explainAndAsk(plan: Plan): Promise<boolean> {
  for (const line of await planLines(plan)) showProgress(line);
  return await mayBegin(plan.options);
}

async function planLines({ place, options, environments, assemblyFolder, position, stages }: Plan): Promise<string[]> {
  const environmentName = rehearsedName(environments) ?? '';
  const usd = await dailyCost(assemblyFolder);
  const images = imageSource(options);
  const config = environments[environmentName];
  const fields = (config ? fieldsSwitchedOff(config) : []).join(', ');
  const names = stages.map(({ name }) => name);
  const lines = [
    words.plan.account({ ...place, environmentName }),
    fields && words.plan.switchedOff({ fields }),
    position.isContinued && words.plan.continued({ id: position.id, stage: position.next ?? 'destroy' }),
    names.length > 0
      ? words.plan.stages({ stages: names.join(', '), minutes: minutesOf(stages) })
      : words.plan.noStage(),
    usd === undefined ? words.plan.costUnknown() : words.plan.cost({ usd: usd.toFixed(2) }),
    images.kind === 'own' ? words.plan.own(images) : words.plan.sample(),
    options.users !== undefined && words.plan.users({ file: options.users }),
    words.stays(),
  ];
  return lines.filter((line): line is string => typeof line === 'string' && line !== '');
}

async function mayBegin({ yes }: RehearseOptions): Promise<boolean> {
  if (yes) return true;
  if (!process.stdin.isTTY) throw new CannotTellError(words.notAsked());
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question(words.plan.question());
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    terminal.close();
  }
}

/** Destroys the stack that an earlier call has left; nothing else is looked at. */
async function destroyOnly(place: Place, options: RehearseOptions): Promise<Outcome> {
  await requireCredentials(place);
  const stack = await readOwnStack(place);
  if (!stack) {
    return { exitCode: 0, stdout: `${words.nothingLeft({ stackName: OWN_STACK_NAME, ...place })}\n`, stderr: '' };
  }
  showProgress(words.askedToDestroy({ arn: stack.arn }));
  if (!(await mayBegin(options))) return { exitCode: 2, stdout: `${words.declined()}\n`, stderr: '' };
  const endHandler = new EndHandler(place.account);
  endHandler.hasBegun = true;
  return await endHandler.handleDuring(async () => {
    try {
      await destroyOwnStack(place, stack, 'asked');
    } catch (error) {
      if (!(error instanceof StageFailedError)) return endHandler.unfinished(reasonOf(error));
      return { exitCode: 1, stdout: `${printableText(error.message)}\n`, stderr: '' };
    }
    return { exitCode: 0, stdout: `${words.destroyed({ stackName: OWN_STACK_NAME })}\n${words.stays()}\n`, stderr: '' };
  });
}

/** A call that runs stages. */
class Run {
  private readonly endHandler: EndHandler;
  private reportFile?: string;

  constructor(
    private readonly rehearsal: Rehearsal,
    private readonly options: RehearseOptions,
  ) {
    this.endHandler = new EndHandler(rehearsal.account);
  }

  public async run(position: Position, stages: readonly Stage[]): Promise<Outcome> {
    return await this.endHandler.handleDuring(async () => {
      if (position.next === undefined) return await this.endFailed(await this.leftInFailure());
      for (const stage of stages) {
        const failure = await this.runStage(stage);
        if (failure !== undefined) return await this.endFailed(failure, stage);
      }
      return this.endWell();
    });
  }

  /** Returns the reason for which the stage has failed; `undefined`: it went well, or was left out. */
  private async runStage(stage: Stage): Promise<string | undefined> {
    const { failure, reportFile } = await runStage(stage, this.rehearsal, {
      directory: this.options.report,
      begins: () => {
        this.endHandler.hasBegun = true;
      },
    });
    this.reportFile = reportFile;
    return failure;
  }

  private async leftInFailure(): Promise<string> {
    const stack = await readOwnStack(this.rehearsal);
    return words.stackFailed({ status: stack?.status ?? '' });
  }

  /** Destroys what is deployed, unless the credentials have ended, or the failed stage was to destroy it. */
  private async endFailed(failure: string, stage?: Stage): Promise<Outcome> {
    const sentences = [failure];
    try {
      await requireCredentials(this.rehearsal);
      const isDestroyed = stage?.name.startsWith('destroy') ?? false;
      const stack = isDestroyed ? undefined : await readOwnStack(this.rehearsal);
      if (stack) {
        await destroyOwnStack(this.rehearsal, stack, 'failed');
        sentences.push(words.destroyedAfterFailure());
      }
    } catch (error) {
      if (!(error instanceof StageFailedError)) return this.endHandler.unfinished(`${failure}\n${reasonOf(error)}`);
      sentences.push(error.message);
    }
    return this.outcome(1, sentences);
  }

  private endWell(): Outcome {
    const { until } = this.options;
    const isLast = until === STAGES.at(-1)?.name;
    const sentences = [words.rehearsed({ stage: until })];
    const next = commandLine(this.rehearsal.account);
    sentences.push(isLast ? words.stays() : words.goesOn({ command: next }));
    return this.outcome(0, sentences);
  }

  private outcome(exitCode: 0 | 1, sentences: readonly string[]): Outcome {
    const report = this.reportFile === undefined ? [] : [words.report({ file: this.reportFile })];
    const lines = [...sentences, ...report].map(printableText);
    return { exitCode, stdout: `${lines.join('\n')}\n`, stderr: '' };
  }
}
