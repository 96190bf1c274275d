import { type DeployedStack, errorText } from '../deployed-stack';
import { describeService } from '../web-service';
import { alarmsPart } from './alarms';
import { databasePart } from './database';
import { officeHoursPart } from './office-hours';
import type { Part } from './part';
import { stackPart } from './stack';
import { userImportPart } from './user-import';
import { webServicePart } from './web-service';

/** A part, and why it could not be asked where that is so. */
export interface Examined extends Part {
  readonly title: string;
  readonly unknown: readonly string[];
}

/** Asks how the parts of an environment are. One that cannot be asked hides none of the others. */
export function examine(stack: DeployedStack): Promise<Examined[]> {
  return Promise.all(
    partsOf(stack).map(async ([title, ask]) => {
      try {
        return { title, ...(await ask()), unknown: [] };
      } catch (error) {
        const reason = errorText(error);
        return { title, rows: [['could not be asked', reason] as const], wrong: [], unknown: [`${title}: ${reason}`] };
      }
    }),
  );
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
