import { messagesOf } from '@infra/commands/messages';
import { ja } from './ja';
import type { Lists, Texts } from '@infra/common/words';

/** Sentences of `revert-drift`, in English. */
export const en = {
  compare: ({ stackName }: Texts<'stackName'>) =>
    `CloudFormation compares each resource of ${stackName} with the deployed template`,
  changeSet: 'the change set',
  noChangeSet: ({ reason }: Texts<'reason'>) => `CloudFormation made no change set: ${reason}`,
  /** Headline of the lines on what the change set would change. */
  plan: ({ stackName }: Texts<'stackName'>) => `What it would change in ${stackName}, back to the deployed template:`,
  /** Lines on a resource. */
  created: ({ resource }: Texts<'resource'>) => `  ${resource}: created again`,
  changed: ({ resource, properties }: Texts<'resource'> & Lists<'properties'>) =>
    `  ${resource}: ${properties.join(', ')}`,
  replaced: ({ resource, properties }: Texts<'resource'> & Lists<'properties'>) =>
    `  ${resource}: replaced by a new one, for ${properties.join(', ')}`,
  mayBeReplaced: ({ resource, properties }: Texts<'resource'> & Lists<'properties'>) =>
    `  ${resource}: ${properties.join(', ')}; may be replaced by a new one`,
  /** Lines on what a change does beyond its values. */
  effects: {
    closesConnections: 'What was opened by hand is closed, with its connections.',
    deletesBackups: 'RDS deletes the automated backups that are older; with 0 days, all of them.',
    deletesFiles: 'S3 deletes the files that a rule has expired.',
    deletesImages: 'ECR deletes the images that a rule has expired.',
    deletesLogLines: 'CloudWatch deletes the lines that are older.',
    interruptsDatabase: 'The database is interrupted, for minutes at most.',
    movesRequests: 'Requests take the way of the template at once.',
    newAddress: 'It has a new address, to which DNS records outside of the stack do not lead.',
    refusesRequests: 'Requests that were allowed by hand are refused.',
    replacesTasks: 'ECS replaces the web tasks; the old ones serve until new ones are healthy.',
    setsTaskCount: 'ECS starts or stops web tasks.',
    signsUsersOut: 'It has a new value: all users are signed out.',
    startsEmpty: 'It is empty.',
  },
  /** Line below the plan. */
  falseChanges: ({ resources, issues }: Lists<'resources' | 'issues'>) =>
    `CloudFormation also names these, in which nothing differs (cloudformation-coverage-roadmap ${issues.join(', ')}): ` +
    resources.join(', '),
  changedMeanwhile: 'Meanwhile, somebody has changed something else.',
  question: 'Change it back? (y/N) ',
  notAsked: 'It asks in a terminal only. To go on without a question: --yes',
  declined: 'It was declined.',
  nothingChanged: 'Nothing was changed.',
  changeSetStays: ({ reason, command }: Texts<'reason' | 'command'>) =>
    `The change set stays: ${reason}\nTo delete it, in a minute: ${command}`,
  /** Reasons to refuse. */
  emptyDatabase: ({ restoringChapter }: Texts<'restoringChapter'>) =>
    `It would create an empty database. The data first: ${restoringChapter}`,
  smallerStorage: ({ remedy }: Texts<'remedy'>) =>
    `It would shrink the storage of the database, which RDS refuses, and with it the whole change: ${remedy}`,
  emptySettings:
    'It would create the secret with the settings empty, and web tasks do not start without them, so that all would be ' +
    'rolled back. “To add the first secret setting” in docs/operating.md, with --revert-drift at its first deploy',
  changedSecrets: ({ changes }: Lists<'changes'>) =>
    [
      'It would change these secrets, and AWS does not say whether CloudFormation then generates another value. ' +
        'Change them back in Secrets Manager:',
      ...changes,
    ].join('\n'),
  notChosen: ({ paths, chosen }: Lists<'paths' | 'chosen'>) =>
    `It would change more than --only ${chosen.join(' --only ')}, and CloudFormation executes a change set as a whole: ` +
    `${paths.join(', ')}. Keep those by lib/config, change them back by their services, or choose them, too.`,
  overtaken: 'Somebody else changed the stack meanwhile.',
  lost: 'CloudFormation did not answer, and has not begun. Call this again.',
  /** Its words must not look like a secret, which would be masked. */
  lostPassword: ({ name }: Texts<'name'>) =>
    'The master secret is lost, and CloudFormation reads it before it sets another password, so that all would be rolled ' +
    `back. Web tasks go on with DATABASE_URL. Create a secret of the same name, ${name}, as JSON with the user postgres as ` +
    'username and the password of DATABASE_URL; call this again, restart, and delete that secret.',
  /** Work in AWS that an interrupted command leaves. */
  goesOn: ({ stackName }: Texts<'stackName'>) =>
    `If it has begun, CloudFormation goes on, and ${stackName} shows its end.`,
  /** Ends. */
  nothingToRevert: ({ stackName }: Texts<'stackName'>) =>
    `${stackName} is as deployed, as far as CloudFormation compares it.`,
  reverted: ({ stackName }: Texts<'stackName'>) =>
    `${stackName} is as deployed again, as far as CloudFormation compares it.`,
  failed: ({ stackName, status, failures }: Texts<'stackName' | 'status'> & Lists<'failures'>) =>
    [`${stackName} could not be changed back, and is ${status}:`, ...failures].join('\n'),
  /** Headline of lines on changes, and of the commands below them. */
  skipped: 'What CloudFormation does not compare stays changed, and has its own commands:',
  nothingCompares: ({ types }: Lists<'types'>) => `Nothing compares: ${types.join(', ')}.`,
};

/** Sentences of `revert-drift`, in the language of this process. */
export const words = messagesOf({ en, ja });
