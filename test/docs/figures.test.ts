import { RemovalPolicy } from 'aws-cdk-lib/core';
import { Part } from '../../lib/contract';
import { SESSION_HOURS } from '../../lib/delivery/workflow-role';
import { prod } from '../support/configs';
import { deployed } from '../support/deployed';
import { CLAIMS } from '../rights/specification';
import { text } from '../support/template';
import { page } from './documents';

const stack = deployed('dev');
const { AppImageTag: app, BatchImageTag: batch } = stack.template.Parameters ?? {};
const NUMBERS = ['no', 'one', 'two', 'three', 'four', 'five'];

/** Minutes from the end of the web tasks to that of their database. */
const [tasks = 0, database = 0] = [Part.stopTasks, Part.stopDatabase].map((schedule) => {
  const time = stack.partAt(schedule, 'ScheduleExpression');
  return Number(/^cron\((\d+) /.exec(text(time))?.[1]);
});
const rest = database - tasks;
const [kept = ''] = Object.entries(RemovalPolicy).find(([, policy]) => policy === prod.keepData) ?? [];
const hours = NUMBERS[SESSION_HOURS];
const days = prod.imageRegistry.untaggedExpiration.toDays();
const subjects = Object.values(CLAIMS)
  .slice(0, 3)
  .map(({ sub = '' }) => sub.split(':').slice(2).join(':'));

/** Figures of pages that no table has, as the code has them. */
test.each([
  ['docs/runbook.md', `web tasks, ${NUMBERS[rest]} minutes later the database`],
  ['docs/runbook.ja.md', `${rest}分`],
  ['docs/delivery.md', `assumes a role, for ${hours} hours at most`],
  ['docs/delivery.ja.md', `${SESSION_HOURS}時間`],
  ['docs/decisions/0002-image-tag-is-a-parameter.md', `(default ${app?.Default === '' ? 'empty' : ''})`],
  ['docs/decisions/0002-image-tag-is-a-parameter.md', `(default \`${text(batch?.Default)}\`)`],
  ['docs/decisions/0006-retain-on-update-or-delete.md', `\`keepData\` of prod is \`${kept}\``],
  ['docs/decisions/0008-running-image-is-protected.md', `Untagged images live for ${days} days`],
  ['docs/decisions/0011-github-reaches-aws-without-keys.md', `${hours} for those that deploy`],
  ...subjects.map((subject) => [
    'docs/decisions/0011-github-reaches-aws-without-keys.md',
    subject.replace(/prod$/, 'dev'),
  ]),
  ['docs/decisions/0017-a-release-is-one-command.md', `Its session lasts ${hours} hours`],
])('%s: %s', (file, said) => {
  expect(page(file).text.replace(/\s+/g, ' ')).toContain(said);
});
