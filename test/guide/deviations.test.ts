import { isDeepStrictEqual } from 'node:util';
import * as configured from '../../lib/config';
import type { EnvironmentConfig } from '../../lib/config/environment';
import { type Deployed, deployed } from '../support/deployed';
import type { Json } from '../support/template';
import { deviations } from './deviations';
import { rowsOf, valueAt } from './rows';

/** The account of the guide's examples. */
const EXAMPLE = '123456789012';

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

/** Differences of an environment of lib/config from the guide's tables, each once. */
function differing({ name, config, stack }: ComparedEnvironment): Difference[] {
  const { account, alarms, loadBalancer, region } = config;
  // The guide's account, region and domain are examples, and so is the address for mails.
  const meant = (expected: Json = null): unknown =>
    JSON.parse(
      JSON.stringify(expected)
        .replaceAll('prooflink.example.com', loadBalancer.domain?.domainName ?? 'prooflink.example.com')
        .replaceAll('ops@example.com', alarms?.email ?? 'ops@example.com')
        .replaceAll(TOKYO, region),
    );
  const ofRegion: Difference[] =
    region === TOKYO ? [] : [{ row: `${name}: region`, says: `"${region}", in the guide "${TOKYO}"` }];
  const ofRows = rowsOf(name).flatMap(({ title, type, called, path, expected }): Difference[] => {
    const there = stack.all(type).filter((one) => !called || [one.name, one.path].includes(meant(called) as string));
    const table = `${name}: ${resourceOf(title)}`;
    if (there.length !== 1 && !/[#*]/.test(path))
      return [{ row: table, says: there.length === 0 ? MISSING : `there are ${there.length}` }];
    const found: unknown = JSON.parse(
      JSON.stringify(valueAt(stack, type, there[0]?.path, path) ?? null).replaceAll(account ?? EXAMPLE, EXAMPLE),
    );
    const wanted = meant(expected);
    return isDeepStrictEqual(found, wanted)
      ? []
      : [{ row: `${name}: ${title}`, says: `${JSON.stringify(found)}, in the guide ${JSON.stringify(wanted)}` }];
  });
  const onceEach = [...new Map(ofRows.map((difference) => [difference.row, difference])).values()];
  const resources = rowsOf(name).map(({ title }) => `${name}: ${resourceOf(title)}`);
  return [...ofRegion, ...withWholeChapters(onceEach, resources)];
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

test('lib/config gives the values of the guide, or test/guide/deviations.ts says why not', () => {
  const lines = compared.flatMap((environment) => missingLines(differing(environment), deviations));
  if (lines.length === 0) return;
  throw new Error(
    'lib/config differs from the guide. If that is meant, add these lines to test/guide/deviations.ts, each with its ' +
      `reason in place of <why>:\n\n  ${lines.join('\n  ')}\n`,
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
