import { isDeepStrictEqual } from 'node:util';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import * as configured from '../../lib/config';
import type { EnvironmentConfig } from '../../lib/config/environment';
import { type Deployed, deployed } from '../support/deployed';
import type { Json } from '../support/template';
import { deviations } from './deviations';
import { type GuideRow, rowsOf, valueAt } from './rows';

/** The account of the guide's examples. */
const EXAMPLE_ACCOUNT = '123456789012';

/** The domain of the guide's examples. */
const EXAMPLE_DOMAIN = 'prooflink.example.com';

/** The address for mails of the guide's examples. */
const EXAMPLE_EMAIL = 'ops@example.com';

/** Region of the guide's tables. */
const TOKYO = 'ap-northeast-1';

/** Said of a resource that an environment does not have. */
const MISSING = 'there is none';

/** Environments of the guide's tables. */
const GUIDE_ENVIRONMENTS = ['dev', 'prod'] as const;

/** An environment of the guide's tables that lib/config has, too. */
interface ComparedEnvironment {
  readonly name: (typeof GUIDE_ENVIRONMENTS)[number];
  readonly config: EnvironmentConfig;
  readonly stack: Deployed;
}

const configuredNames = Object.keys(configured) as (keyof typeof configured)[];

/** A team may rename or remove an environment. */
const compared = configuredNames.flatMap((configuredName): ComparedEnvironment[] => {
  const name = GUIDE_ENVIRONMENTS.find((guideName: string) => guideName === configuredName);
  if (!name) return [];
  return [{ name, config: configured[configuredName], stack: deployed(`lib/${configuredName}`) }];
});

/** A row of the guide's tables, a whole resource or a whole chapter that differs in an environment of lib/config. */
interface Difference {
  /** Key of its line in deviations.ts. */
  readonly row: string;
  readonly says: string;
}

/** Differences of an environment of lib/config from the guide and from a decision, each once. */
function differing(environment: ComparedEnvironment): Difference[] {
  const { name } = environment;
  const rows = rowsOf(name);
  const resources = rows.map(({ title }) => `${name}: ${resourceOf(title)}`);
  const ofRows = onceEach(rows.flatMap((row) => differenceOf(row, environment) ?? []));
  return [...ofRegion(environment), ...ofKeepData(environment), ...withWholeChapters(ofRows, resources)];
}

function ofRegion({ name, config: { region } }: ComparedEnvironment): Difference[] {
  if (region === TOKYO) return [];
  return [{ row: `${name}: region`, says: `"${region}", in the guide "${TOKYO}"` }];
}

/** A failed first deploy then leaves names taken: docs/decisions/0006. */
function ofKeepData({ name, config: { keepData } }: ComparedEnvironment): Difference[] {
  if (keepData !== RemovalPolicy.RETAIN) return [];
  const says = 'RETAIN, in docs/decisions/0006 RETAIN_ON_UPDATE_OR_DELETE';
  return [{ row: `${name}: keepData`, says }];
}

/** Difference of an environment from a row of the guide; `undefined` where there is none. */
function differenceOf(row: GuideRow, { name, config, stack }: ComparedEnvironment): Difference | undefined {
  const { title, type, path } = row;
  const called = inTermsOf(config, row.called);
  const resources = stack.all(type).filter((resource) => {
    return called === undefined || resource.name === called || resource.path === called;
  });
  const isOfAll = /[#*]/.test(path);
  if (resources.length === 0 && !isOfAll) return { row: `${name}: ${resourceOf(title)}`, says: MISSING };
  if (resources.length !== 1 && !isOfAll) {
    return { row: `${name}: ${resourceOf(title)}`, says: `there are ${resources.length}` };
  }
  const value = withExampleAccount(config, valueAt(stack, type, resources[0]?.path, path) ?? null);
  const expected = inTermsOf(config, row.expected ?? null);
  if (isDeepStrictEqual(value, expected)) return undefined;
  const says = `${JSON.stringify(value)}, in the guide ${JSON.stringify(expected)}`;
  return { row: `${name}: ${title}`, says };
}

/** A value of the guide with the config's region, domain and address: the guide's are examples. */
function inTermsOf<Value extends Json | undefined>(config: EnvironmentConfig, value: Value): Value {
  if (value === undefined) return value;
  const written = JSON.stringify(value)
    .replaceAll(EXAMPLE_DOMAIN, config.loadBalancer.domain?.domainName ?? EXAMPLE_DOMAIN)
    .replaceAll(EXAMPLE_EMAIL, config.alarms?.email ?? EXAMPLE_EMAIL)
    .replaceAll(TOKYO, config.region);
  return JSON.parse(written) as Value;
}

/** A value of a stack with the guide's account for the config's. */
function withExampleAccount({ account = EXAMPLE_ACCOUNT }: EnvironmentConfig, value: Json): Json {
  return JSON.parse(JSON.stringify(value).replaceAll(account, EXAMPLE_ACCOUNT)) as Json;
}

/** The last difference of each row. */
function onceEach(differences: readonly Difference[]): Difference[] {
  const byRow = new Map(differences.map((difference) => [difference.row, difference]));
  return [...byRow.values()];
}

/** Chapter and resource of a row's title. */
function resourceOf(title: string): string {
  return title.split(': ')[0] ?? '';
}

/** The environment and the chapter of a row: `dev: 12` for `dev: 12-7 computeEnvironment`. */
function chapterOf(row: string): string {
  return /^\w+: [\d.]+/.exec(row)?.[0] ?? row;
}

/** Differences with one in place of several where a chapter's resources are all missing, as those of a section that is off. */
function withWholeChapters(differences: readonly Difference[], resources: readonly string[]): Difference[] {
  const missing = new Set(differences.filter(({ says }) => says === MISSING).map(({ row }) => row));
  const isOff = (chapter: string) => {
    const ofChapter = new Set(resources.filter((resource) => chapterOf(resource) === chapter));
    return ofChapter.size > 1 && [...ofChapter].every((resource) => missing.has(resource));
  };
  const chaptersOff = [...new Set([...missing].map(chapterOf))].filter(isOff);
  const others = differences.filter(({ row }) => !chaptersOff.includes(chapterOf(row)));
  return [...chaptersOff.map((row) => ({ row, says: 'the whole chapter is missing' })), ...others];
}

/** Reason that a line of deviations.ts gives: a placeholder is none. */
function reasonOf(row: string, reasons: Readonly<Record<string, string>>): string | undefined {
  const reason = reasons[row]?.trim();
  return reason === undefined || /^(?:<.*>|\W*)$/.test(reason) ? undefined : reason;
}

/** Lines that deviations.ts lacks, ready to paste, each below what differs. */
function missingLines(differences: readonly Difference[], reasons: Readonly<Record<string, string>>): string[] {
  return differences
    .filter(({ row }) => reasonOf(row, reasons) === undefined)
    .map(({ row, says }) => `// ${says}\n  '${row}': '<why>',`);
}

test('lib/config gives the values of the guide, and keeps data as decided, or test/guide/deviations.ts says why not', () => {
  const lines = compared.flatMap((environment) => missingLines(differing(environment), deviations));
  if (lines.length === 0) return;
  throw new Error(
    'lib/config differs from the guide or a decision. If that is meant, add these lines to test/guide/deviations.ts, ' +
      `each with its reason in place of <why>:\n\n  ${lines.join('\n  ')}\n`,
  );
});

test.each<{ readonly title: string; readonly reasons: Readonly<Record<string, string>> }>([
  { title: 'no line', reasons: {} },
  { title: 'the placeholder', reasons: { 'dev: 3-2 database: クラス': '<why>' } },
  { title: 'spaces', reasons: { 'dev: 3-2 database: クラス': '  ' } },
  { title: 'dots', reasons: { 'dev: 3-2 database: クラス': '...' } },
])('a deviation with $title for a reason is printed as a line to paste', ({ reasons }) => {
  const difference = { row: 'dev: 3-2 database: クラス', says: '"large", in the guide "micro"' };
  expect(missingLines([difference], reasons)).toEqual([
    `// "large", in the guide "micro"\n  'dev: 3-2 database: クラス': '<why>',`,
  ]);
});

test('a chapter whose resources are all missing is one line', () => {
  const resources = ['dev: 12-7 computeEnvironment', 'dev: 12-8 jobQueue', 'dev: 7-1 cluster'];
  const computeEnvironment = { row: 'dev: 12-7 computeEnvironment', says: MISSING };
  const jobQueue = { row: 'dev: 12-8 jobQueue', says: MISSING };
  expect(withWholeChapters([computeEnvironment, jobQueue], resources)).toEqual([
    { row: 'dev: 12', says: 'the whole chapter is missing' },
  ]);
  expect(withWholeChapters([jobQueue], resources)).toEqual([jobQueue]);
});

test('a deviation with a reason needs no line', () => {
  const difference = { row: 'dev: 3-2 database: クラス', says: '"large", in the guide "micro"' };
  expect(missingLines([difference], { [difference.row]: 'larger queries' })).toEqual([]);
});

test('each line of test/guide/deviations.ts is about a row that differs', () => {
  const rows = compared.flatMap((environment) => differing(environment).map(({ row }) => row));
  expect(Object.keys(deviations).filter((row) => !rows.includes(row))).toEqual([]);
});
