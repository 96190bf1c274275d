import type { EnvironmentConfig } from '../../lib/config/environment';
import { isOn } from '../../lib/config/safeguard';
import type { FargateSizeConfig } from '../../lib/config/sections/web-service';

/** The pages with a table of dev's and prod's values. */
export const PAGES = ['README.md', 'README.ja.md'];

const HEADING = /^\| +\| dev +\| prod +\|$/m;

const yesNo = (value: boolean): string => (value ? 'yes' : 'no');
const size = ({ cpu, memory }: FargateSizeConfig): string => `${cpu / 1024} vCPU, ${memory.toMebibytes() / 1024} GiB`;

/** The cells of one environment's column, from the top. */
function column(config: EnvironmentConfig): string[] {
  const { database, fileStorage, imageRegistry, loadBalancer, officeHours } = config;
  const { tasks, ...web } = config.webService;
  const { maxAllocatedStorage } = database;
  const { retention } = database.backups;
  return [
    loadBalancer.domain ? `https://${loadBalancer.domain.domainName}` : 'http://(load balancer)',
    tasks.mode === 'fixed'
      ? String(tasks.desiredCount)
      : `${tasks.minCapacity} to ${tasks.maxCapacity}, aiming at ${tasks.targetCpuPercent} % CPU`,
    size(web.size),
    `db.${database.instanceType.toString()}`,
    `${database.allocatedStorage.toGibibytes()} GiB` +
      (maxAllocatedStorage ? `, grows to ${maxAllocatedStorage.toGibibytes()} GiB` : ''),
    yesNo(isOn(database.multiAz)),
    'off' in retention ? 'no' : `${retention.toDays()} days`,
    yesNo(isOn(database.encryption)),
    isOn(fileStorage.versioning) ? `${fileStorage.noncurrentVersionExpiration.toDays()} days` : 'no',
    yesNo(isOn(imageRegistry.immutableTags)),
    config.alarms ? 'yes' : 'no',
    officeHours ? `${officeHours.start}–${officeHours.stop}, ${officeHours.days.replace('-', ' ')}` : 'no',
    yesNo(typeof config.keepData !== 'object'),
    yesNo(isOn(config.terminationProtection) && isOn(database.deletionProtection)),
  ];
}

const japanese = (cell: string): string =>
  cell
    .replace(/^yes$/, 'あり')
    .replace(/^no$/, 'なし')
    .replace(' days', '日')
    .replace(/^(\d+) to (\d+), aiming at (\d+ %) CPU$/, '$1〜$2(CPU $3 を目標)')
    .replace(', grows to', '、自動拡張の上限')
    .replace(', every day', '、毎日')
    .replace(', weekdays', '、平日')
    .replace('(load balancer)', '(ALBのDNS名)');

/** A page whose table says what the configs say; Prettier aligns its columns. */
export function withTable(
  file: string,
  page: string,
  configs: readonly [EnvironmentConfig, EnvironmentConfig],
): string {
  const cells = configs.map((config) => (file.endsWith('.ja.md') ? column(config).map(japanese) : column(config)));
  const lines = page.split('\n');
  const first = lines.findIndex((line) => HEADING.test(line)) + 2;
  for (const index of cells[0]?.keys() ?? []) {
    const [, label = ''] = (lines[first + index] ?? '').split('|');
    lines[first + index] = `|${[label, ...cells.map((column) => ` ${column[index]} `)].join('|')}|`;
  }
  return lines.join('\n');
}
