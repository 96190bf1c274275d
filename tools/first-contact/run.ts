import * as environments from '../../lib/config';
import { resourceNames } from '../../lib/config/names';
import { errorText, readStack } from '../shared/deployed-stack';
import type { EnvironmentName } from '../shared/environment-argument';
import type { Outcome } from '@infra/common/outcome';
import { drawTables } from '../shared/table';
import { visible } from '@infra/common/untrusted-text';
import { describeService } from '../shared/web-service';
import type { Answer, Contact, Row } from './row';
import { ROWS } from './rows';

export interface FirstContactOptions {
  readonly json?: boolean;
  /** How wide the terminal is. */
  readonly columns?: number;
}

interface Told {
  readonly sees: string;
  readonly result: Answer['result'] | 'unknown';
  readonly says: string;
}

const TITLES: readonly (readonly [Told['result'], string])[] = [
  ['fail', 'Fails'],
  ['unknown', 'Could not be asked'],
  ['look', 'A person must look'],
  ['pass', 'Passes'],
];

/** Asks AWS for each row that the environment has. A row that cannot be asked hides none of the others. */
export async function runFirstContact(environment: EnvironmentName, options: FirstContactOptions): Promise<Outcome> {
  const stack = await readStack(environment);
  const service = describeService(stack);
  // Each row that needs it says that it could not be asked.
  service.catch(() => undefined);
  const contact: Contact = {
    stack,
    config: environments[environment],
    names: resourceNames(environment),
    service: () => service,
    now: new Date(),
  };
  const told = await Promise.all(
    ROWS.filter(({ applies = () => true }) => applies(contact)).map((row) => askRow(row, contact)),
  );
  const has = (result: Told['result']) => told.some((each) => each.result === result);
  const exitCode = has('fail') ? 1 : has('unknown') ? 2 : 0;
  if (options.json)
    return { exitCode, stdout: `${JSON.stringify({ environment, rows: told }, null, 2)}\n`, stderr: '' };
  const sections = TITLES.map(([result, title]) => ({
    title,
    rows: told
      .filter((each) => each.result === result)
      .map(({ sees, says }) => [visible(sees), visible(says)] as const),
  })).filter(({ rows }) => rows.length > 0);
  const text = drawTables(sections, Math.min(options.columns ?? 80, 120));
  const counts = TITLES.map(
    ([result, title]) => [told.filter((each) => each.result === result).length, title] as const,
  );
  const sum = counts.filter(([count]) => count > 0).map(([count, title]) => `${title.toLowerCase()}: ${count}`);
  return { exitCode, stdout: `${text}\n\n${environment}: ${sum.join(', ')}.\n`, stderr: '' };
}

async function askRow({ sees, ask }: Row, contact: Contact): Promise<Told> {
  try {
    return { sees, ...(await ask(contact)) };
  } catch (error) {
    return { sees, result: 'unknown', says: errorText(error) };
  }
}
