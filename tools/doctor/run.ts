import { Resolver } from 'node:dns/promises';
import * as environments from '../../lib/config';
import type { EnvironmentConfig } from '../../lib/config/environment';
import { type DeployedStack, errorText, readStack } from '../shared/deployed-stack';
import type { EnvironmentName } from '../shared/environment-argument';
import { alarmsPart } from '../shared/health/alarms';
import { stackPart } from '../shared/health/stack';
import type { Outcome } from '../shared/outcome';
import type { Cause, Check } from './check';
import { costChecks } from './costs';
import { entranceChecks } from './entrance';
import { type Facts, factsOf } from './facts';
import { render, renderJson } from './render';
import { userImportChecks } from './user-import';
import { webTaskChecks } from './web-tasks';

export interface DoctorOptions {
  readonly json?: boolean;
  /** How wide the terminal is. */
  readonly columns?: number;
  /** How long an answer of AWS may take, in milliseconds. */
  readonly patience?: number;
  readonly now?: Date;
  /** Who is asked for name servers. */
  readonly resolver?: Pick<Resolver, 'resolveNs'>;
}

/** A question and its answer: a cause, why it could not be asked, or neither. */
export interface Answer {
  readonly question: string;
  readonly cause?: Cause;
  readonly unknown?: string;
}

/** Examines an environment from the outside in. */
export async function runDoctor(environment: EnvironmentName, options: DoctorOptions): Promise<Outcome> {
  const stack = await readStack(environment, options.patience);
  const { answers, states } = await examine(stack, environments[environment], options);
  const exitCode = answers.some(({ cause }) => cause) ? 1 : answers.some(({ unknown }) => unknown) ? 2 : 0;
  const stdout = options.json
    ? renderJson(environment, answers, states)
    : render(environment, answers, states, Math.min(options.columns ?? 80, 120));
  return { exitCode, stdout, stderr: '' };
}

/** Asks every question. One that cannot be asked hides none of the others. */
export async function examine(
  stack: DeployedStack,
  config: EnvironmentConfig,
  { now = new Date(), resolver = new Resolver() }: DoctorOptions,
): Promise<{ answers: Answer[]; states: string[] }> {
  const facts = factsOf(stack, config, now);
  const answers = checksOf(facts, resolver).map(async ({ question, ask }): Promise<Answer> => {
    try {
      const cause = await ask();
      return cause ? { question, cause } : { question };
    } catch (error) {
      const says = errorText(error);
      // What the stack has made, and a service does not know any more.
      if (error instanceof Error && /NotFound|NoSuch/.test(error.name)) {
        return { question, cause: { says: `Somebody deleted it: ${says}`, mend: facts.redeploy } };
      }
      return { question, unknown: says };
    }
  });
  return { answers: await Promise.all(answers), states: await statesOf(facts) };
}

/** The order is that of the causes: each stands before what it would keep from working. */
function checksOf(facts: Facts, resolver: Pick<Resolver, 'resolveNs'>): Check[] {
  const { stack, config } = facts;
  return [
    ...entranceChecks(facts, resolver),
    ...webTaskChecks(facts),
    ...(config.userImport ? userImportChecks(facts) : []),
    { question: 'Did the last deployment succeed?', ask: () => lastDeployment(facts) },
    ...(stack.ids('AWS::CloudWatch::Alarm').length > 0
      ? [{ question: 'Are the alarms silent?', ask: () => alarms(facts) }]
      : []),
    ...costChecks(facts),
  ];
}

async function lastDeployment({ stack }: Facts): Promise<Cause | undefined> {
  const StackName = stack.description.StackName ?? '';
  if ((await stackPart(stack)).wrong.length === 0) return undefined;
  return {
    says: `The last deployment failed: ${StackName} is ${stack.description.StackStatus ?? ''}.`,
    mend: `what it says: npx cdk --unstable=diagnose diagnose ${StackName}`,
  };
}

async function alarms({ stack }: Facts): Promise<Cause | undefined> {
  const { wrong } = await alarmsPart(stack);
  if (wrong.length === 0) return undefined;
  return { says: wrong.join(' '), mend: `its reason: npm run prooflink -- status ${stack.environment}` };
}

/** What is no fault, and explains why less runs than one might expect. */
async function statesOf(facts: Facts): Promise<string[]> {
  const { stack, hasImage, isUnderway } = facts;
  const service = await facts.service().catch(() => undefined);
  const isRolling = service?.deployments?.some(({ rolloutState }) => rolloutState === 'IN_PROGRESS');
  const isAsleep = hasImage && service?.desiredCount === 0 && facts.config.officeHours !== undefined;
  const hours = isAsleep ? await facts.hours().catch(() => undefined) : undefined;
  return [
    ...(isUnderway ? [`A deployment is underway (${stack.description.StackStatus ?? ''}): ask again after it.`] : []),
    ...(isRolling && !isUnderway ? ['A release is underway: npm run prooflink -- release-check waits for it.'] : []),
    ...(hasImage ? [] : ['There was no release yet: no web task runs, and no image is expected.']),
    ...(hours?.wrong.length === 0 ? [`It sleeps: ${hours.rows[0]?.[1] ?? ''}.`] : []),
  ];
}
