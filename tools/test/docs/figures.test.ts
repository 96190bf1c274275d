import { RemovalPolicy } from 'aws-cdk-lib/core';
import { Part, type StackPart } from '../../../lib/contract';
import { SESSION_HOURS } from '../../../lib/delivery/workflow-role';
import { CLAIMS } from '../../../test/rights/specification';
import { prod } from '../../../test/support/configs';
import { deployed } from '../../../test/support/deployed';
import { text } from '../../../test/support/template';
import { page } from './documents';

const stack = deployed('dev');
const { AppImageTag: appImageTag, BatchImageTag: batchImageTag } = stack.template.Parameters ?? {};

const NUMBERS = ['no', 'one', 'two', 'three', 'four', 'five'];

function minuteOf(schedule: StackPart): number {
  const [, minute = ''] = /^cron\((\d+) /.exec(text(stack.partAt(schedule, 'ScheduleExpression'))) ?? [];
  return Number(minute);
}

/** Minutes from the end of the web tasks to that of their database. */
const minutesToDatabase = minuteOf(Part.stopDatabase) - minuteOf(Part.stopTasks);
const [keepData = ''] = Object.entries(RemovalPolicy).find(([, policy]) => policy === prod.keepData) ?? [];
const hoursOfSession = NUMBERS[SESSION_HOURS];

const IMAGE_TAGS = 'docs/decisions/0002-image-tag-is-a-parameter.md';
const RETAINED = 'docs/decisions/0006-retain-on-update-or-delete.md';
const RUNNING_IMAGE = 'docs/decisions/0008-running-image-is-protected.md';
const GITHUB_ROLES = 'docs/decisions/0011-github-reaches-aws-without-keys.md';
const RELEASE = 'docs/decisions/0017-a-release-is-one-command.md';

/** The subjects of GitHub's tokens that the first roles trust, as the decision writes them: with dev for prod. */
const subjects = Object.values(CLAIMS)
  .slice(0, 3)
  .map(({ sub = '' }) => sub.split(':').slice(2).join(':').replace(/prod$/, 'dev'));

/** A figure of a page that no table has, as the code has it. */
interface Figure {
  readonly file: string;
  readonly says: string;
}

const FIGURES: readonly Figure[] = [
  { file: 'docs/runbook.md', says: `web tasks, ${NUMBERS[minutesToDatabase]} minutes later the database` },
  { file: 'docs/runbook.ja.md', says: `${minutesToDatabase}分` },
  { file: 'docs/delivery.md', says: `assumes a role, for ${hoursOfSession} hours at most` },
  { file: 'docs/delivery.ja.md', says: `${SESSION_HOURS}時間` },
  { file: IMAGE_TAGS, says: `(default ${appImageTag?.Default === '' ? 'empty' : ''})` },
  { file: IMAGE_TAGS, says: `(default \`${text(batchImageTag?.Default)}\`)` },
  { file: RETAINED, says: `\`keepData\` of prod is \`${keepData}\`` },
  {
    file: RUNNING_IMAGE,
    says: `Untagged images live for ${prod.imageRegistry.untaggedExpiration.toDays()} days`,
  },
  { file: GITHUB_ROLES, says: `${hoursOfSession} for those that deploy` },
  ...subjects.map((subject) => ({ file: GITHUB_ROLES, says: subject })),
  { file: RELEASE, says: `Its session lasts ${hoursOfSession} hours` },
];

test.each(FIGURES)('$file: $says', ({ file, says }) => {
  expect(page(file).text.replace(/\s+/g, ' ')).toContain(says);
});
