import * as environments from '../../lib/config';
import { errorText, readStack } from '../shared/deployed-stack';
import type { EnvironmentName } from '../shared/environment-argument';
import type { Outcome } from '@infra/common/outcome';
import { RESTORING } from '../shared/lost-database';
import { type Cause, cause, type Check } from './check';
import { costChecks } from './costs';
import { entranceChecks, internet, type NameServers } from './entrance';
import { type Facts, factsOf } from './facts';
import { render, renderJson } from './render';
import { alarms, lastDeployment, statesOf } from './state';
import { userImportChecks } from './user-import';
import { webTaskChecks } from './web-tasks';

export interface DoctorOptions {
  readonly json?: boolean;
  /** How wide the terminal is. */
  readonly columns?: number;
  readonly now?: Date;
}

/** A question and its answer: a cause, why it could not be asked, or neither. */
export interface Answer {
  readonly question: string;
  readonly found?: Cause;
  readonly unknown?: string;
}

/** Examines an environment from the outside in. A question that cannot be asked hides none of the others. */
export async function runDoctor(environment: EnvironmentName, options: DoctorOptions): Promise<Outcome> {
  const known = factsOf(await readStack(environment), environments[environment], options.now ?? new Date());
  const isLost = await known.database().then(() => false, isNotFound);
  // Whatever else a deploy would mend.
  const facts = isLost ? { ...known, redeploy: `the database first: ${RESTORING}` } : known;
  const answers = await Promise.all(checksOf(facts, internet(process.env)).map((check) => answer(check, facts)));
  const states = await statesOf(facts);
  const exitCode = answers.some(({ found }) => found) ? 1 : answers.some(({ unknown }) => unknown) ? 2 : 0;
  const stdout = options.json
    ? renderJson(environment, answers, states)
    : render(environment, answers, states, Math.min(options.columns ?? 80, 120));
  return { exitCode, stdout, stderr: '' };
}

async function answer([question, ask]: Check, { redeploy }: Facts): Promise<Answer> {
  try {
    return { question, found: await ask() };
  } catch (error) {
    const says = errorText(error);
    // The stack has made it, or somebody named what never was.
    if (!isNotFound(error)) return { question, unknown: says };
    return { question, found: cause(`It is not there: ${says}`, redeploy) };
  }
}

function isNotFound(error: unknown): boolean {
  return error instanceof Error && /NotFound|NoSuch/.test(error.name);
}

/** In the order of the causes: each stands before what it would keep from working. */
function checksOf(facts: Facts, resolver: NameServers): Check[] {
  return [
    ...entranceChecks(facts, resolver),
    ...webTaskChecks(facts),
    ...(facts.config.userImport ? userImportChecks(facts) : []),
    ['Did the last deployment succeed?', () => lastDeployment(facts)],
    ['Are the alarms silent?', () => alarms(facts)],
    ...costChecks(facts),
  ];
}
