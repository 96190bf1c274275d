import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { dev, prod } from '../../lib/config';
import type { EnvironmentConfig } from '../../lib/config/environment';
import { isOn } from '../../lib/config/safeguard';
import type { FargateSizeConfig } from '../../lib/config/sections/web-service';
import { template } from '../support/assembly';

const root = join(__dirname, '../..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const decisions = readdirSync(join(root, 'docs/decisions')).map((file) => `docs/decisions/${file}`);

const yesNo = (value: boolean): string => (value ? 'yes' : 'no');
const size = ({ cpu, memory }: FargateSizeConfig): string => `${cpu / 1024} vCPU, ${memory.toGibibytes()} GiB`;

/** The cells of one environment's column, from the top. */
function column(config: EnvironmentConfig): string[] {
  const { database, fileStorage, imageRegistry, loadBalancer, officeHours, userImport } = config;
  const { tasks, ...web } = config.webService;
  const { maxAllocatedStorage } = database;
  const { retention } = database.backups;
  return [
    loadBalancer.domain ? `https://${loadBalancer.domain.domainName}` : 'http://(load balancer)',
    loadBalancer.openPorts.join(', '),
    tasks.mode === 'fixed'
      ? String(tasks.desiredCount)
      : `${tasks.minCapacity} to ${tasks.maxCapacity}, aiming at ${tasks.targetCpuPercent} % CPU`,
    size(web.size),
    web.zones === 'first' ? '1' : String(config.network.availabilityZones.length),
    yesNo(web.executeCommand),
    yesNo(web.containerInsights),
    `db.${database.instanceType.toString()}`,
    `${database.allocatedStorage.toGibibytes()} GiB` +
      (maxAllocatedStorage ? `, grows to ${maxAllocatedStorage.toGibibytes()} GiB` : ''),
    yesNo(database.multiAz),
    'off' in retention ? 'no' : `${retention.toDays()} days`,
    yesNo(isOn(database.encryption)),
    yesNo(database.performanceInsights),
    isOn(fileStorage.versioning) ? `${fileStorage.noncurrentVersionExpiration.toDays()} days` : 'no',
    fileStorage.importExpiration ? `${fileStorage.importExpiration.toDays()} days` : 'no',
    yesNo(isOn(imageRegistry.immutableTags)),
    yesNo(isOn(imageRegistry.scanOnPush)),
    String(imageRegistry.keptImages),
    userImport ? size(userImport.size) : 'no',
    userImport ? `${userImport.maxvCpus} vCPU` : 'no',
    userImport ? `${userImport.timeout.toHours()} h` : 'no',
    `${config.logRetention} days`,
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
    .replace(/ h$/, '時間')
    .replace(/^(\d+) to (\d+), aiming at (\d+ %) CPU$/, '$1〜$2(CPU $3 を目標)')
    .replace(', grows to', '、自動拡張の上限')
    .replace(', every day', '、毎日')
    .replace(', weekdays', '、平日')
    .replace('(load balancer)', '(ALBのDNS名)');

/** The dev and prod cells of the table whose heading names them. */
function tableOf(readme: string, heading: RegExp): string[][] {
  const lines = readme.split('\n');
  const start = lines.findIndex((line) => heading.test(line));
  const rows = lines.slice(start + 2);
  return rows
    .slice(
      0,
      rows.findIndex((line) => !line.startsWith('|')),
    )
    .map((line) =>
      line
        .split('|')
        .slice(2, 4)
        .map((cell) => cell.trim()),
    );
}

const rows = column(dev).map((cell, index) => [cell, column(prod)[index] ?? '']);

test('the table of README.md says what lib/config says', () => {
  expect(tableOf(read('README.md'), /^\| +\| dev +\| prod +\|$/)).toEqual(rows);
});

test('the table of README.ja.md says what lib/config says', () => {
  expect(tableOf(read('README.ja.md'), /^\| +\| dev +\| prod +\|$/)).toEqual(
    rows.map((row) => row.map((cell) => japanese(cell))),
  );
});

const documents = ['README.md', 'README.ja.md', 'docs/runbook.md', ...decisions];

test.each(documents)('every npm script that %s names exists', (file) => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  const named = [...read(file).matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name);
  expect(Object.keys(scripts)).toEqual(expect.arrayContaining(named));
});

test.each(documents)('every output that %s reads exists', (file) => {
  const outputs = (['dev', 'prod', 'delivery'] as const).flatMap((stack) => Object.keys(template(stack).Outputs ?? {}));
  const named = [...read(file).matchAll(/\$\(out (\w+)\)/g)].map(([, name]) => name);
  expect(outputs).toEqual(expect.arrayContaining(named));
});

test.each(documents)('every file and heading that %s links to exists', (file) => {
  for (const [, target = '', anchor] of read(file).matchAll(/\]\((?!https?:)([^)#]+)(?:#([^)]*))?\)/g)) {
    const path = join(root, dirname(file), target);
    expect(existsSync(path) ? 'exists' : path).toBe('exists');
    if (anchor !== undefined) expect(anchorsOf(readFileSync(path, 'utf8'))).toContain(anchor);
  }
});

/** The anchors that GitHub gives to headings. */
function anchorsOf(markdown: string): string[] {
  const headings = [...markdown.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => heading);
  return headings.map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\w -]/g, '')
      .replaceAll(' ', '-'),
  );
}
