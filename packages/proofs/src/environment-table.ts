import {
  type DatabaseConfig,
  type EnvironmentConfig,
  type FargateSizeConfig,
  isOn,
  type OfficeHoursConfig,
  type RunningDays,
  type WebServiceConfig,
  whyOff,
} from '@infra/commands/app';

/** The pages with a table of the values that environments have in lib/config. */
export const ENVIRONMENT_PAGES = ['docs/environments.md', 'docs/environments.ja.md'];

/** Words in the cells of the table in one language. */
interface Words {
  readonly yes: string;
  readonly no: string;
  readonly loadBalancerUrl: string;
  readonly runningDays: Readonly<Record<RunningDays, string>>;
  readonly days: (number: number) => string;
  readonly scaling: (fewest: number, most: number, cpuPercent: number) => string;
  readonly growsTo: (size: string) => string;
}

const ENGLISH: Words = {
  yes: 'yes',
  no: 'no',
  loadBalancerUrl: 'http://(load balancer)',
  runningDays: { 'every-day': ', every day', weekdays: ', weekdays' },
  days: (number) => `${number} days`,
  scaling: (fewest, most, cpuPercent) => `${fewest} to ${most}, aiming at ${cpuPercent} % CPU`,
  growsTo: (size) => `, grows to ${size}`,
};

const JAPANESE: Words = {
  yes: 'あり',
  no: 'なし',
  loadBalancerUrl: 'http://(ALBのDNS名)',
  runningDays: { 'every-day': '、毎日', weekdays: '、平日' },
  days: (number) => `${number}日`,
  scaling: (fewest, most, cpuPercent) => `${fewest}〜${most}(CPU ${cpuPercent} % を目標)`,
  growsTo: (size) => `、自動拡張の上限 ${size}`,
};

/** First line of the table. */
const HEADING = /^\| +\|(?: [a-z][a-z\d]* +\|)+$/;

/** Lines from the heading to the first row: the heading itself, and the rule below it. */
const HEADING_LINES = 2;

/** The environments of lib/config that the pages compare: dev and prod, or all where one of these is missing. */
export function comparedEnvironments<Config>(
  environments: Readonly<Record<string, Config>>,
): Readonly<Record<string, Config>> {
  const { dev, prod } = environments;
  if (dev && prod) return { dev, prod };
  // Loaders differ in the order in which a module's exports are listed.
  const byName = Object.entries(environments).sort(([one], [other]) => one.localeCompare(other));
  return Object.fromEntries(byName);
}

/**
 * The page with current values in its table, a column for each compared environment. The labels of the rows stay as they are, and Prettier aligns the columns
 * afterwards.
 */
export function withEnvironmentTable(
  file: string,
  page: string,
  environments: Readonly<Record<string, EnvironmentConfig>>,
): string {
  const words = file.endsWith('.ja.md') ? JAPANESE : ENGLISH;
  const names = Object.keys(comparedEnvironments(environments));
  const columns = Object.values(comparedEnvironments(environments)).map((config) => cellsOf(config, words));
  const lines = page.split('\n');
  const heading = lines.findIndex((line) => HEADING.test(line));
  lines[heading] = tableRow(['', ...names]);
  lines[heading + 1] = tableRow(['---', ...names.map(() => '---')]);
  const rowCount = columns[0]?.length ?? 0;
  for (let row = 0; row < rowCount; row++) {
    const lineIndex = heading + HEADING_LINES + row;
    const label = lines[lineIndex]?.split('|')[1]?.trim() ?? '';
    lines[lineIndex] = tableRow([label, ...columns.map((cells) => cells[row] ?? '')]);
  }
  return lines.join('\n');
}

function tableRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** The cells of one environment's column, in the order of the table's rows in the pages. */
function cellsOf(config: EnvironmentConfig, words: Words): string[] {
  const { database, fileStorage, imageRegistry, webService } = config;
  const yesOrNo = (value: boolean) => (value ? words.yes : words.no);
  return [
    addressCell(config, words),
    tasksCell(webService, words),
    sizeCell(webService.size),
    `db.${database.instanceType.toString()}`,
    storageCell(database, words),
    yesOrNo(isOn(database.multiAz)),
    backupsCell(database, words),
    yesOrNo(isOn(database.encryption)),
    isOn(fileStorage.versioning) ? words.days(fileStorage.noncurrentVersionExpiration.toDays()) : words.no,
    yesOrNo(isOn(imageRegistry.immutableTags)),
    yesOrNo(imageRegistry.refuse !== undefined),
    yesOrNo(config.alarms !== undefined),
    yesOrNo(config.loadBalancer.firewall !== undefined),
    officeHoursCell(config.officeHours, words),
    yesOrNo(keepsData(config)),
    yesOrNo(isOn(config.terminationProtection) && isOn(database.deletionProtection)),
  ];
}

function addressCell({ loadBalancer }: EnvironmentConfig, words: Words): string {
  return loadBalancer.domain ? `https://${loadBalancer.domain.domainName}` : words.loadBalancerUrl;
}

function tasksCell({ tasks }: WebServiceConfig, words: Words): string {
  if (tasks.mode === 'fixed') return String(tasks.desiredCount);
  return words.scaling(tasks.minCapacity, tasks.maxCapacity, tasks.targetCpuPercent);
}

function sizeCell({ cpu, memory }: FargateSizeConfig): string {
  return `${cpu / 1024} vCPU, ${memory.toMebibytes() / 1024} GiB`;
}

function storageCell({ allocatedStorage, maxAllocatedStorage }: DatabaseConfig, words: Words): string {
  const allocated = `${allocatedStorage.toGibibytes()} GiB`;
  if (!maxAllocatedStorage) return allocated;
  return allocated + words.growsTo(`${maxAllocatedStorage.toGibibytes()} GiB`);
}

function backupsCell({ backups }: DatabaseConfig, words: Words): string {
  const { retention } = backups;
  return 'off' in retention ? words.no : words.days(retention.toDays());
}

function officeHoursCell(officeHours: OfficeHoursConfig | undefined, words: Words): string {
  if (!officeHours) return words.no;
  return `${officeHours.start}–${officeHours.stop}${words.runningDays[officeHours.days]}`;
}

function keepsData({ keepData }: EnvironmentConfig): boolean {
  return whyOff(keepData) === undefined;
}
