import type { EnvironmentName } from '../shared/environment-argument';
import { type DeployedStack, errorText, readStack } from '../shared/deployed-stack';
import type { Outcome } from '../shared/outcome';
import { drawTables } from '../shared/table';
import { visible } from '../shared/untrusted-text';
import { describeService } from '../shared/web-service';
import { wrap } from '../shared/wrap';
import { alarmsPart } from './alarms';
import { databasePart } from './database';
import { officeHoursPart } from './office-hours';
import type { Part } from './part';
import { stackPart } from './stack';
import { userImportPart } from './user-import';
import { webServicePart } from './web-service';

export interface StatusOptions {
  readonly json?: boolean;
  /** How wide the terminal is. */
  readonly columns?: number;
}

/** Asks how an environment is. A part that cannot be asked hides none of the others. */
export async function runStatus(environment: EnvironmentName, options: StatusOptions): Promise<Outcome> {
  const stack = await readStack(environment);
  const answers = await Promise.all(
    partsOf(stack).map(async ([title, ask]) => {
      try {
        return { title, ...(await ask()), unknown: [] };
      } catch (error) {
        const reason = errorText(error);
        return { title, rows: [['could not be asked', reason] as const], wrong: [], unknown: [`${title}: ${reason}`] };
      }
    }),
  );
  const wrong = answers.flatMap((answer) => answer.wrong);
  const unknown = answers.flatMap((answer) => answer.unknown);
  const exitCode = wrong.length > 0 ? 1 : unknown.length > 0 ? 2 : 0;
  if (options.json) {
    const parts = Object.fromEntries(
      answers.map(({ title, rows }) => [title, rows.map(([name, value]) => ({ name, value }))]),
    );
    return { exitCode, stdout: `${JSON.stringify({ environment, wrong, unknown, parts }, null, 2)}\n`, stderr: '' };
  }
  const width = Math.min(options.columns ?? 80, 120);
  const findings = [...wrong, ...unknown.map((each) => `Could not be asked: ${each}`)];
  const verdict = ['is well.', 'is not well:', 'could not be asked for everything:'][exitCode] ?? '';
  const list = findings.map((each) => `  - ${wrap(visible(each), width - 4).join('\n    ')}`);
  const text = `${drawTables(answers, width)}\n\n${[`${environment} ${verdict}`, ...list].join('\n')}\n`;
  return { exitCode, stdout: visible(text, '\n'), stderr: '' };
}

type Ask = () => Promise<Part>;

/** What an environment does not have is left out. */
function partsOf(stack: DeployedStack): [title: string, ask: Ask][] {
  const service = describeService(stack);
  // Each part that needs it says that it could not be asked; nobody else has to.
  service.catch(() => undefined);
  const has = (type: string, title: string, ask: Ask): [string, Ask][] =>
    stack.ids(type).length > 0 ? [[title, ask]] : [];
  return [
    ['Stack', () => stackPart(stack)],
    ['Web service', async () => webServicePart(stack, await service)],
    ...has('AWS::RDS::DBInstance', 'Database', async () => databasePart(stack, await service)),
    ...has('AWS::Scheduler::Schedule', 'Office hours', async () => officeHoursPart(stack, await service)),
    ...has('AWS::Batch::JobQueue', 'User import', () => userImportPart(stack)),
    ...has('AWS::CloudWatch::Alarm', 'Alarms', () => alarmsPart(stack)),
  ];
}
