import { messagesOf } from '@infra/commands/messages';
import { ja } from './ja';
import { countText } from '@infra/common/words';

type Values<Name extends string> = Readonly<Record<Name, string>>;

/** Sentences of `rehearse`, in English. */
export const en = {
  /** Help of the command. */
  command: {
    summary: 'Rehearses the first deploy in an account made for it.',
    details: `Deploys a stack of its own, ProoflinkRehearsal, releases,
imports, compares and destroys it, twice from nothing, and
writes a report of what AWS confirmed and refuted. A stage
that fails is written down, and the next one runs. No other
stack is touched. A further call goes on where one was killed
or kept its stack.`,
    exitCodes: {
      0: 'rehearsed, and nothing was refuted',
      1: 'a stage failed, or a row was refuted: the report',
      2: 'refused, and nothing was touched',
      3: 'begun, and it goes on or is to be destroyed',
    },
    account: 'the twelve digits of the account',
    until: 'the last stage, after which the stack is destroyed',
    keep: 'leave the stack, for the next call or for a person',
    destroy: 'only destroy what an earlier call has left',
    yes: 'begin without asking',
    report: 'where the report is written',
  },

  /** Reasons for which a rehearsal is not synthesized. */
  noEnvironment:
    'No environment can be rehearsed: terminationProtection is on in every environment of lib/config, and a rehearsal ' +
    'deletes what it has deployed. Add an environment in which it is off: docs/operating.md, "Adding an environment".',
  notSynthesized: ({ output }: Values<'output'>) => `The rehearsal could not be synthesized:\n${output}`,

  /** Refusals: nothing was touched. Each says what to do. */
  notAccount: ({ account }: Values<'account'>) =>
    `"${account}" is no account: write its twelve digits, as "aws sts get-caller-identity" shows them.`,
  otherCredentials: ({ account, credentialsAccount }: Values<'account' | 'credentialsAccount'>) =>
    `The credentials are of account ${credentialsAccount}, and the rehearsal's is ${account}. Sign in to ${account}, ` +
    'until "aws sts get-caller-identity" shows it.',
  accountOfEnvironment: ({ account, environmentName }: Values<'account' | 'environmentName'>) =>
    `${account} is the account of ${environmentName} in lib/config. Take an account that was made for rehearsals.`,
  takenName: ({ name }: Values<'name'>) =>
    `lib/config has an environment ${name}, whose names the rehearsal would take. Call it otherwise in lib/config/index.ts.`,
  foreignStack: ({ account, region, stackName, status }: Values<'account' | 'region' | 'stackName' | 'status'>) =>
    `${account} has the stack ${stackName} in ${region} (${status}), which is not this rehearsal's. Take an account ` +
    'without ProofLink, or delete that stack yourself.',
  noDocker:
    'Docker with buildx, which builds and copies the images, is not on this machine. Install it, or rehearse without ' +
    'images: --until deploy.',
  notAsked: 'Nobody can be asked, since stdin is no terminal. Give --yes to begin.',
  declined: 'Nothing was touched.',

  /** Plan, before a person is asked. */
  plan: {
    account: ({ account, region, environmentName }: Values<'account' | 'region' | 'environmentName'>) =>
      `Rehearses ${environmentName} as ProoflinkRehearsal in account ${account}, ${region}, without domain, firewall, ` +
      `alarms, budget, snapshot and what refuses a deletion. It costs less than a day of ${environmentName}: ` +
      `npm run prooflink -- cost ${environmentName}`,
    stages: ({ stages, minutes }: Values<'stages'> & { readonly minutes: number }) =>
      `Stages: ${stages}. They take about ${countText(minutes, 'minute')} on AWS; a session that ends earlier can be ` +
      'renewed, and the rehearsal called again. Schedules stop it from 23:50 to 00:30 (Tokyo).',
    destroys: 'At its end, its stack is destroyed. What stays is next to free: docs/operating.md, "Teardown".',
    keeps: 'At its end, its stack is left, and costs.',
    sample: 'Docker builds the sample application.',
    onlyDestroys: ({ arn }: Values<'arn'>) => `Destroys ${arn}, and nothing else.`,
    question: 'Begin? [y/N] ',
  },

  /** Progress. */
  stackIs: ({ stackName, status }: Values<'stackName' | 'status'>) => `${stackName} is ${status}`,
  endOfOperation: 'the end of that operation',
  newRole: ({ minutes }: { readonly minutes: number }) =>
    `A service-linked role is new, and not in force at once: waits ${countText(minutes, 'minute')}.`,

  /** Reasons for which a stage is left out. */
  skips: {
    noVersion: 'no image was released',
    noUserImport: 'the config has no user import',
  },

  /** Failures of a stage. */
  ended: ({ command, exitCode }: Values<'command'> & { readonly exitCode: number }) =>
    `${command} ended with exit code ${exitCode}.`,

  /** Ends. */
  rowsRefuted: ({ stage, rows }: Values<'stage' | 'rows'>) => `${stage} refuted: ${rows}`,
  stageFailed: ({ stage, message }: Values<'stage' | 'message'>) => `${stage} failed: ${message}`,
  rehearsed: 'Rehearsed, and nothing was refuted.',
  rehearsedWithFindings: 'Rehearsed as far as it goes. The report has AWS’s words on what was refuted or failed.',
  nothingLeft: ({ stackName, account, region }: Values<'stackName' | 'account' | 'region'>) =>
    `${account} has no ${stackName} in ${region}: nothing is to be destroyed.`,
  reportIn: ({ file }: Values<'file'>) => `The report: ${file}`,
  interrupted: ({ signal }: Values<'signal'>) => `It was interrupted (${signal}).`,
  leftRunning: ({ command, destroyCommand }: Values<'command' | 'destroyCommand'>) =>
    `What was begun goes on in AWS, and what is deployed costs. To go on: ${command}\nTo destroy it: ${destroyCommand}`,
};

/** Sentences of `rehearse`, in the language of this process. */
export const words = messagesOf({ en, ja });
