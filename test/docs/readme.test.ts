import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { dev, prod } from '../../lib/config';
import type { EnvironmentConfig } from '../../lib/config/environment';
import { isOn } from '../../lib/config/safeguard';
import type { FargateSizeConfig } from '../../lib/config/sections/web-service';
import { template } from '../support/assembly';
import { page, ROOT } from './documents';

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
    loadBalancer.allowedRanges.join(', ').replace('0.0.0.0/0', 'everyone'),
    tasks.mode === 'fixed'
      ? String(tasks.desiredCount)
      : `${tasks.minCapacity} to ${tasks.maxCapacity}, aiming at ${tasks.targetCpuPercent} % CPU`,
    size(web.size),
    config.cpuArchitecture,
    web.zones === 'first' ? '1' : String(config.network.availabilityZones.length),
    yesNo(web.migration !== undefined),
    yesNo(web.executeCommand),
    yesNo(web.containerInsights),
    `db.${database.instanceType.toString()}`,
    `${database.allocatedStorage.toGibibytes()} GiB` +
      (maxAllocatedStorage ? `, grows to ${maxAllocatedStorage.toGibibytes()} GiB` : ''),
    yesNo(isOn(database.multiAz)),
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
    userImport?.schedule ? `${userImport.schedule.time}, ${userImport.schedule.days.replace('-', ' ')}` : 'no',
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
    .replace(/^everyone$/, '制限なし')
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
  expect(tableOf(page('README.md').text, /^\| +\| dev +\| prod +\|$/)).toEqual(rows);
});

test('the table of README.ja.md says what lib/config says', () => {
  expect(tableOf(page('README.ja.md').text, /^\| +\| dev +\| prod +\|$/)).toEqual(
    rows.map((row) => row.map((cell) => japanese(cell))),
  );
});

test.each(['README.md', 'README.ja.md'])('%s says what each npm script does, and of no other', (file) => {
  const { scripts } = JSON.parse(page('package.json').text) as { scripts: Record<string, string> };
  const rows = [...page(file).text.matchAll(/^\| `npm (?:run )?([\w:-]+)/gm)].map(([, script]) => script);
  expect(rows.sort()).toEqual(Object.keys(scripts).sort());
});

/** What IAM calls a service whose name in templates is another one. */
const IN_IAM: Readonly<Record<string, string>> = {
  applicationautoscaling: 'application-autoscaling',
  certificatemanager: 'acm',
  elasticloadbalancingv2: 'elasticloadbalancing',
};

test.each(['README.md', 'README.ja.md'])(
  '%s names every service that a narrower execution policy needs, or CloudFormation is denied a resource',
  (file) => {
    const [, listed = ''] = /--execution-policies <arn>([^]*?)`ssm:GetParameters`/.exec(page(file).text) ?? [];
    const types = (['dev', 'prod', 'delivery'] as const).flatMap((stack) =>
      Object.values(template(stack).Resources).map(({ Type }) => Type),
    );
    const needed = types
      .filter((type) => type.startsWith('AWS::') && type !== 'AWS::CDK::Metadata')
      .map((type) => (type.split('::')[1] ?? '').toLowerCase())
      .map((service) => IN_IAM[service] ?? service);
    const services = [...listed.matchAll(/`([a-z\d-]+)`/g)].map(([, service]) => service);
    expect(services.sort()).toEqual([...new Set(needed)].sort());
  },
);

/** As Docker calls what Fargate's `cpuArchitecture` runs. */
const PLATFORMS = { X86_64: 'linux/amd64', ARM64: 'linux/arm64' };

test.each(['README.md', 'README.ja.md'])(
  '%s builds images for the processors that lib/config asks for, and that ECR scans',
  (file) => {
    const build = /^docker build --platform (\S+) --provenance=false /gm;
    const built = [...page(file).text.matchAll(build)].map(([, platform]) => platform);
    expect([...new Set(built)]).toEqual([
      ...new Set([dev, prod].map(({ cpuArchitecture }) => PLATFORMS[cpuArchitecture])),
    ]);
  },
);

/** The folders of a folder that a page leaves out of its map. */
function leftOut({ text }: { readonly text: string }, folder: string, folders: readonly string[]): string[] {
  return folders.filter((name) => !new RegExp(`^\\| [\`[](?:${folder}/)?${name}[\`\\]]`, 'm').test(text));
}

test.each([
  ['README.md', 'lib'],
  ['README.ja.md', 'lib'],
  ['tools/README.md', 'tools'],
  ['test/README.md', 'test'],
])('the map of %s has each folder of %s', (file, folder) => {
  const folders = readdirSync(join(ROOT, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  expect(leftOut(page(file), folder, folders)).toEqual([]);
});

test('a folder that the map leaves out would be seen', () => {
  expect(
    leftOut({ text: '| `lib/config` | … |\n| [rules](rules) | … |\nNot `gone`.' }, 'lib', ['config', 'rules', 'gone']),
  ).toEqual(['gone']);
});
