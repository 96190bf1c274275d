import { countText } from '@infra/common/words';

type Values<Name extends string> = Readonly<Record<Name, string>>;

/** Result of a question of `status` or `first-contact`. */
export type QuestionResult = 'wrong' | 'unknown' | 'look' | 'asleep' | 'well';

/** Sentences of `rehearse`, in English. */
export const en = {
  /** Help of the command. */
  command: {
    summary: 'Rehearses the first deploy in an account made for it.',
    details: `Deploys a stack of its own, ProoflinkRehearsal, releases,
imports, stops, starts, compares and destroys it, twice from
nothing, and writes a report of what AWS answered. No other
stack is touched. A further call goes on where AWS says that
the last one ended.`,
    exitCodes: {
      0: 'rehearsed, or destroyed',
      1: 'a stage failed, or something is left; says what',
      2: 'refused, and nothing was touched',
      3: 'begun, and it goes on or is to be destroyed',
    },
    account: 'the twelve digits of the account',
    until: 'the last stage of this call',
    destroy: 'only destroy what an earlier call has left',
    yes: 'begin without asking',
    appImage: "the team's web image, in place of the sample's",
    batchImage: "the team's image of the import",
    users: "a CSV file for the team's import",
    assembly: 'deploy this cloud assembly; it is synthesized unless given',
    report: 'where the report is written',
  },

  /** Reasons for which a rehearsal is not synthesized. */
  noAccount: ({ option }: Values<'option'>) => `Which account? Give it to the CDK CLI: ${option}.`,
  noEnvironment: () =>
    'No environment can be rehearsed: terminationProtection is on in every environment of lib/config, and a rehearsal ' +
    'deletes what it has deployed. Add an environment in which it is off: docs/operating.md, "Adding an environment".',

  /** Refusals: nothing was touched. Each says what to do. */
  refused: ({ account }: Values<'account'>) => `No rehearsal in ${account}:`,
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
  otherTemplate: ({ id, command }: Values<'id' | 'command'>) =>
    `The rehearsal ${id} has deployed another template than this one: it is not continued. Destroy it: ${command}`,
  schedulesFire: ({ hours, fires, beginning }: Values<'fires' | 'beginning'> & { readonly hours: number }) =>
    `It takes up to ${countText(hours, 'hour')}, and a schedule of its own stack fires at ${fires}, which stops or starts ` +
    `it. It may begin at ${beginning}.`,
  schedulesAlwaysFire: ({ hours, fires }: Values<'fires'> & { readonly hours: number }) =>
    `It takes up to ${countText(hours, 'hour')}, and schedules of its own stack fire too often, next at ${fires}. ` +
    'Rehearse in parts (--until), or without officeHours in lib/config.',
  notAsked: () => 'Nobody can be asked, since stdin is no terminal. Give --yes to begin.',
  declined: () => 'Nothing was touched.',
  onlyOneImage: () => 'Give both --app-image and --batch-image, or none: with none the sample application is built.',
  usersWithoutImages: () => '--users goes with --app-image and --batch-image: the sample brings its own users.',
  noUsersFile: ({ file }: Values<'file'>) => `--users: there is no file ${file}.`,

  /** Problems of an assembly. */
  notSynthesized: ({ output }: Values<'output'>) => `The rehearsal could not be synthesized:\n${output}`,
  otherStacksInAssembly: ({ names, stackName }: Values<'stackName'> & { readonly names: readonly string[] }) =>
    `The assembly has ${names.join(', ') || 'no stack'}, and a rehearsal deploys ${stackName} alone. Synthesize ` +
    'tools/operate/rehearse/app.ts.',
  otherEnvironment: ({ environment, expectedEnvironment }: Values<'environment' | 'expectedEnvironment'>) =>
    `The assembly is for ${environment}, not for ${expectedEnvironment}. Synthesize it with -c account=<account>.`,
  terminationProtected: ({ stackName }: Values<'stackName'>) =>
    `${stackName} has termination protection. Switch it off in tools/operate/rehearse/rehearsal-config.ts.`,
  outlivesStack: ({ logicalId, type, attribute, policy }: Values<'logicalId' | 'type' | 'attribute' | 'policy'>) =>
    `${logicalId} (${type}) outlives its stack: ${attribute} is ${policy}. Give it removalPolicy DESTROY where keepData is ` +
    'off.',
  deletionProtected: ({ logicalId, type }: Values<'logicalId' | 'type'>) =>
    `${logicalId} (${type}) has deletion protection. Switch it off in tools/operate/rehearse/rehearsal-config.ts.`,
  refusedType: ({ logicalId, type }: Values<'logicalId' | 'type'>) =>
    `${logicalId} is an ${type}: a rehearsal has no names and no certificates. Leave it out where there is no domain.`,

  /** The rehearsal's stack, and any other one. */
  otherStack: ({ arn, stackName, account, region }: Values<'arn' | 'stackName' | 'account' | 'region'>) =>
    `${arn} is not ${stackName} of ${account} in ${region}: it is left alone.`,
  stackWithoutTag: ({ arn, tag }: Values<'arn' | 'tag'>) =>
    `${arn} has no tag ${tag}, so that no rehearsal has made it: it is left alone. Delete it yourself, or take another ` +
    'account.',
  noStack: ({ stackName, account, region }: Values<'stackName' | 'account' | 'region'>) =>
    `There is no ${stackName} in ${account}, ${region}.`,
  waitsForStack: ({ stackName, status }: Values<'stackName' | 'status'>) => `${stackName} is ${status}.`,
  leftResource: ({ type, physicalId, reason }: Values<'type' | 'physicalId' | 'reason'>) =>
    `${type} ${physicalId}${reason && `: ${reason}`}`,
  deletes: ({ arn }: Values<'arn'>) => `Deletes ${arn}`,
  deregistered: ({ arn }: Values<'arn'>) => `Deregistered, since it was still ACTIVE: ${arn}`,
  deletesAgain: () => 'CloudFormation could not delete all of it, and is asked once more.',

  /** Plan, before a person is asked. */
  plan: {
    account: ({ account, region, environmentName }: Values<'account' | 'region' | 'environmentName'>) =>
      `Rehearses ${environmentName} as ProoflinkRehearsal in account ${account}, ${region}.`,
    continued: ({ id, stage }: Values<'id' | 'stage'>) => `Goes on with the rehearsal ${id}, from ${stage} on.`,
    stages: ({ stages, minutes }: Values<'stages'> & { readonly minutes: number }) =>
      `Stages: ${stages}. They take about ${countText(minutes, 'minute')} on AWS; a session that ends earlier can be ` +
      'renewed, and the rehearsal called again.',
    noStage: () => 'No stage is left to run: what is left is destroyed, if its stack has failed.',
    cost: ({ usd }: Values<'usd'>) => `It costs less than a day of it, USD ${usd}.`,
    costUnknown: () => 'What it costs could not be computed: npm run prooflink -- cost.',
    sample: () => 'Docker builds the sample application, unless --app-image and --batch-image name images.',
    own: ({ appImage, batchImage }: Values<'appImage' | 'batchImage'>) => `It releases ${appImage} and ${batchImage}.`,
    users: ({ file }: Values<'file'>) => `It imports the users of ${file}.`,
    switchedOff: ({ fields }: Values<'fields'>) => `Switched off in it: ${fields}.`,
    question: () => 'Begin? [y/N] ',
  },

  /** Progress. */
  begins: ({ stage }: Values<'stage'>) => `\n== ${stage}`,
  skipped: ({ stage, reason }: Values<'stage' | 'reason'>) => `\n== ${stage}: left out: ${reason}`,
  newRole: ({ minutes }: { readonly minutes: number }) =>
    `A service-linked role is new, and not in force at once: waits ${countText(minutes, 'minute')}.`,
  changedByHand: ({ path }: Values<'path'>) => `Changed by hand: the health check's path is ${path}.`,
  resourcesCreated: ({ count }: { readonly count: number }) => `${countText(count, 'event')} CREATE_COMPLETE.`,
  skips: {
    noDocker: () => 'this machine has no Docker, which builds or copies the images',
    noImages: () => 'no image was pushed',
    noUserImport: () => 'the config has no user import',
    noUsersFile: () => 'no file was given (--users)',
    noOfficeHours: () => 'the config has no office hours',
  },

  /** Answer to a question of `status` or `first-contact`: its result, its statement, and what was answered. */
  answer: ({ result, statement, says }: Values<'statement' | 'says'> & { readonly result: QuestionResult }) =>
    `${result}: ${statement}: ${says}`,

  /** Failures of a stage. */
  notPrepared: ({ exitCode }: { readonly exitCode: number }) => `prepare ended with exit code ${exitCode}.`,
  deploymentFailed: ({ exitCode }: { readonly exitCode: number }) => `cdk deploy ended with exit code ${exitCode}.`,
  dockerFailed: ({ command, exitCode }: Values<'command'> & { readonly exitCode: number }) =>
    `docker ${command} ended with exit code ${exitCode}.`,
  notReleased: ({ exitCode }: { readonly exitCode: number }) => `release ended with exit code ${exitCode}.`,
  notRolledBack: ({ exitCode, serves }: { readonly exitCode: number; readonly serves: readonly string[] }) =>
    `A release that had to fail ended with exit code ${exitCode}, and ${serves.join(', ') || 'nothing'} serves.`,
  notSet: ({ key, exitCode }: Values<'key'> & { readonly exitCode: number }) =>
    `settings set ${key} ended with exit code ${exitCode}.`,
  notImported: ({ exitCode }: { readonly exitCode: number }) => `import ended with exit code ${exitCode}.`,
  driftBefore: ({ exitCode }: { readonly exitCode: number }) =>
    `drift ended with exit code ${exitCode}, although nothing was changed by hand.`,
  driftUnseen: ({ exitCode }: { readonly exitCode: number }) =>
    `drift ended with exit code ${exitCode}, and does not name the change by hand.`,
  driftAfter: ({ exitCode }: { readonly exitCode: number }) =>
    `drift ended with exit code ${exitCode} after the change by hand was reverted.`,
  notStoppedOrStarted: ({ action, exitCode }: Values<'action'> & { readonly exitCode: number }) =>
    `${action} ended with exit code ${exitCode}.`,
  notDeleted: ({ status, resources }: Values<'status'> & { readonly resources: readonly string[] }) =>
    [`The stack is ${status}. It still has:`, ...resources.map((resource) => `  ${resource}`)].join('\n'),
  stackFailed: ({ status }: Values<'status'>) => `The stack of the rehearsal that was left is ${status}.`,

  /** Ends. */
  stageFailed: ({ stage, message }: Values<'stage' | 'message'>) => `${stage} failed: ${message}`,
  destroyedAfterFailure: () => 'What it had deployed is destroyed.',
  rehearsed: ({ stage }: Values<'stage'>) => `Rehearsed, ${stage} included.`,
  goesOn: ({ command }: Values<'command'>) => `It goes on with the next call: ${command}`,
  destroyed: ({ stackName }: Values<'stackName'>) => `${stackName} is destroyed.`,
  nothingLeft: ({ stackName, account, region }: Values<'stackName' | 'account' | 'region'>) =>
    `${account} has no ${stackName} in ${region}: nothing is to be destroyed.`,
  askedToDestroy: ({ arn }: Values<'arn'>) => `Destroys ${arn}, and nothing else.`,
  report: ({ file }: Values<'file'>) => `The report: ${file}`,
  interrupted: ({ signal }: Values<'signal'>) => `It was interrupted (${signal}).`,
  leftRunning: ({ command, destroyCommand }: Values<'command' | 'destroyCommand'>) =>
    `What was begun goes on in AWS, and what is deployed costs. To go on: ${command}\nTo destroy it: ${destroyCommand}`,
  stays: () =>
    [
      'What stays in the account, always:',
      '  the stack CDKToolkit with its bucket and its roles: less than a cent a month for some templates',
      '  service-linked roles: they cost nothing',
      '  log groups that a late log line made anew: they cost nothing but their few lines',
      '  inactive revisions of task and job definitions: they cost nothing',
      '  secrets that wait for their deletion: they cost nothing, and go after their recovery window',
    ].join('\n'),
};
