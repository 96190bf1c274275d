import type { EnvironmentConfig } from '../../lib/config/environment';
import { isOn } from '../../lib/config/safeguard';
import type { DatabaseConfig } from '../../lib/config/sections/database';
import type { OfficeHoursConfig, RunningDays } from '../../lib/config/sections/office-hours';
import type { FargateSizeConfig, WebServiceConfig } from '../../lib/config/sections/web-service';

/** The pages with a table of dev's and prod's values. */
export const PAGES = ['README.md', 'README.ja.md'];

/** Words of the table's cells in one language. */
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

const HEADING = /^\| +\| dev +\| prod +\|$/m;

/** A page whose table says what the configs say; Prettier aligns its columns. */
export function withEnvironmentTable(
  file: string,
  page: string,
  configs: readonly [EnvironmentConfig, EnvironmentConfig],
): string {
  const words = file.endsWith('.ja.md') ? JAPANESE : ENGLISH;
  const [dev, prod] = configs;
  const devCells = cellsOf(dev, words);
  const prodCells = cellsOf(prod, words);
  const lines = page.split('\n');
  // Below the heading and its rule.
  const firstRow = lines.findIndex((line) => HEADING.test(line)) + 2;
  for (const [index, devCell] of devCells.entries()) {
    const lineIndex = firstRow + index;
    const label = lines[lineIndex]?.split('|')[1] ?? '';
    lines[lineIndex] = `|${label}| ${devCell} | ${prodCells[index]} |`;
  }
  return lines.join('\n');
}

/** The cells of one environment's column, from the top. */
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
    yesOrNo(config.alarms !== undefined),
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
  return typeof keepData !== 'object';
}
