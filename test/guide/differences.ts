import { isDeepStrictEqual } from 'node:util';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import type { EnvironmentConfig } from '../../lib/config/environment';
import type { Deployed, DeployedResource } from '../support/deployed';
import type { Json } from '../support/template';
import { type GuideRow, rowsOf, valueAt } from './rows';

/** Values of the guide's examples, in whose place a team has its own. */
const GUIDE_EXAMPLES = { account: '123456789012', domain: 'prooflink.example.com', email: 'ops@example.com' };

/** Region of the guide's tables. */
const TOKYO = 'ap-northeast-1';

/** An environment of the guide's tables that lib/config has, too. */
export interface ComparedEnvironment {
  readonly name: 'dev' | 'prod';
  readonly config: EnvironmentConfig;
  readonly stack: Deployed;
}

/** A row of the guide's tables, or a whole resource, that differs in an environment of lib/config. */
export interface Difference {
  /** Key of its line in deviations.ts. */
  readonly row: string;
  /** Both values. */
  readonly says: string;
}

/** Differences of an environment of lib/config from the guide and from the decisions, each once. */
export function differencesFromGuide(environment: ComparedEnvironment): Difference[] {
  const ofRows = rowsOf(environment.name).flatMap((row) => differenceFromRow(row, environment) ?? []);
  return [...differenceOfRegion(environment), ...differenceOfKeepData(environment), ...lastOfEachRow(ofRows)];
}

function differenceOfRegion({ name, config: { region } }: ComparedEnvironment): Difference[] {
  if (region === TOKYO) return [];
  return [{ row: `${name}: region`, says: `"${region}", in the guide "${TOKYO}"` }];
}

/** With RETAIN, the resources of a failed first deploy stay, and their names are taken: docs/decisions/0006. */
function differenceOfKeepData({ name, config: { keepData } }: ComparedEnvironment): Difference[] {
  if (keepData !== RemovalPolicy.RETAIN) return [];
  const says = 'RETAIN, in docs/decisions/0006 RETAIN_ON_UPDATE_OR_DELETE';
  return [{ row: `${name}: keepData`, says }];
}

/** Difference of an environment from a row of the guide; `undefined` if there is none. */
function differenceFromRow(row: GuideRow, { name, config, stack }: ComparedEnvironment): Difference | undefined {
  const resources = findResources(row, config, stack);
  if (!isAboutAllOfType(row) && resources.length !== 1) {
    return { row: `${name}: ${row.resource}`, says: `there are ${resources.length}` };
  }
  const value = valueAt(stack, { ...row, called: resources[0]?.path }) ?? null;
  const comparableValue = withExampleAccount(config, value);
  const expectedValue = withOwnExamples(config, row.expected ?? null);
  if (isDeepStrictEqual(comparableValue, expectedValue)) return undefined;
  const says = `${JSON.stringify(comparableValue)}, in the guide ${JSON.stringify(expectedValue)}`;
  return { row: `${name}: ${row.title}`, says };
}

/** Resources that a row is about: all of its type, or the one of its name or construct path. */
function findResources({ type, called }: GuideRow, config: EnvironmentConfig, stack: Deployed): DeployedResource[] {
  const nameOrPath = withOwnExamples(config, called);
  if (nameOrPath === undefined) return stack.all(type);
  return stack.all(type).filter(({ name, path }) => name === nameOrPath || path === nameOrPath);
}

/** True for a row on the number of resources of a type, or on a value of each of them. */
function isAboutAllOfType({ path }: GuideRow): boolean {
  return /[#*]/.test(path);
}

/** A value of the guide with the config's region, domain and address in place of the guide's examples. */
function withOwnExamples<Value extends Json | undefined>(config: EnvironmentConfig, value: Value): Value {
  if (value === undefined) return value;
  const { domain, email } = GUIDE_EXAMPLES;
  const text = JSON.stringify(value)
    .replaceAll(domain, config.loadBalancer.domain?.domainName ?? domain)
    .replaceAll(email, config.alarms?.email ?? email)
    .replaceAll(TOKYO, config.region);
  return JSON.parse(text) as Value;
}

/** A value of a stack with the guide's account in place of the config's. */
function withExampleAccount(config: EnvironmentConfig, value: Json): Json {
  const account = config.account ?? GUIDE_EXAMPLES.account;
  return JSON.parse(JSON.stringify(value).replaceAll(account, GUIDE_EXAMPLES.account)) as Json;
}

/** A missing resource differs in each of its rows by the same key: it is reported once. */
function lastOfEachRow(differences: readonly Difference[]): Difference[] {
  const byRow = new Map(differences.map((difference) => [difference.row, difference]));
  return [...byRow.values()];
}

/** True if deviations.ts gives a reason for a row, in any language. A placeholder or dots are none. */
function hasReason(row: string, reasons: Readonly<Record<string, string>>): boolean {
  const reason = reasons[row]?.trim() ?? '';
  return /[\p{L}\p{N}]/u.test(reason) && !/^<.*>$/.test(reason);
}

/** Lines that deviations.ts lacks, ready to paste, each below what differs. */
export function missingLines(differences: readonly Difference[], reasons: Readonly<Record<string, string>>): string[] {
  const unexplained = differences.filter(({ row }) => !hasReason(row, reasons));
  return unexplained.map(({ row, says }) => `// ${says}\n  '${row}': '<why>',`);
}
