import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as configured from '../../lib/config';
import { READMES, withEnvironmentTable } from '../../tools/repository/environment-table';
import { template } from '../support/assembly';
import { dev, prod } from '../support/configs';
import { groupsOf, page, ROOT } from './documents';

/** A page without what Prettier does to tables. */
function withoutPadding(text: string): string {
  return text.replace(/ +/g, ' ').replace(/\| :?-+:? (?=\|)/g, '| --- ');
}

test.each(READMES)('the table of %s says what lib/config says: renew it with "npm run renew"', (file) => {
  const { text } = page(file);
  expect(withoutPadding(text)).toBe(withoutPadding(withEnvironmentTable(file, text, configured)));
});

test.each(['CONTRIBUTING.md', 'CONTRIBUTING.ja.md'])('%s says what each npm script does, and of no other', (file) => {
  const { scripts } = JSON.parse(page('package.json').text) as { scripts: Record<string, string> };
  const rows = groupsOf(page(file).text, /^\| `npm (?:run )?([\w:-]+)/gm);
  expect(rows.sort()).toEqual(Object.keys(scripts).sort());
});

/** IAM's names of services that have another one in templates. */
const IN_IAM: Readonly<Record<string, string>> = {
  applicationautoscaling: 'application-autoscaling',
  certificatemanager: 'acm',
  elasticloadbalancingv2: 'elasticloadbalancing',
};

/** IAM's names of the services whose resources CloudFormation makes. */
function servicesOfStacks(): string[] {
  const stacks = ['dev', 'prod', 'testlean', 'delivery'] as const;
  const types = stacks.flatMap((stack) => Object.values(template(stack).Resources).map(({ Type }) => Type));
  const ofAws = types.filter((type) => type.startsWith('AWS::') && type !== 'AWS::CDK::Metadata');
  const services = ofAws.map((type) => (type.split('::')[1] ?? '').toLowerCase());
  return [...new Set(services.map((service) => IN_IAM[service] ?? service))];
}

test.each(['docs/first-deploy.md', 'docs/first-deploy.ja.md'])(
  '%s names every service that a narrower execution policy needs, or CloudFormation is denied a resource',
  (file) => {
    const [, list = ''] = /[^]*--execution-policies <arn>([^]*?)`ssm:GetParameters`/.exec(page(file).text) ?? [];
    const services = groupsOf(list, /`([a-z\d-]+)`/g);
    expect(services.sort()).toEqual(servicesOfStacks().sort());
  },
);

/** As Docker calls what Fargate's `cpuArchitecture` runs. */
const PLATFORMS = { X86_64: 'linux/amd64', ARM64: 'linux/arm64' };

test.each(['README.md', 'README.ja.md'])(
  '%s builds images for the processors that lib/config asks for, and that ECR scans',
  (file) => {
    const platforms = groupsOf(page(file).text, /^docker build --platform (\S+) --provenance=false /gm);
    const processors = [dev, prod].map(({ cpuArchitecture }) => cpuArchitecture);
    expect(new Set(platforms)).toEqual(new Set(processors.map((processor) => PLATFORMS[processor])));
  },
);

/** The folders of a folder that a page's map leaves out. */
function leftOut(text: string, folder: string): string[] {
  const entries = readdirSync(join(ROOT, folder), { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return folders.filter((name) => !new RegExp(`^\\| [\`[](?:${folder}/)?${name}[\`\\]]`, 'm').test(text));
}

test.each([
  { file: 'CONTRIBUTING.md', folder: 'lib' },
  { file: 'CONTRIBUTING.ja.md', folder: 'lib' },
  { file: 'tools/README.md', folder: 'tools' },
  { file: 'test/README.md', folder: 'test' },
])('the map of $file has each folder of $folder', ({ file, folder }) => {
  expect(leftOut(page(file).text, folder)).toEqual([]);
});
