import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { dev, prod } from '../support/configs';
import * as configured from '../../lib/config';
import { READMES, withEnvironmentTable } from '../../tools/repository/environment-table';
import { template } from '../support/assembly';
import { page, ROOT } from './documents';

/** A page without what Prettier does to tables. */
const plain = (page: string) => page.replace(/ +/g, ' ').replace(/\| :?-+:? (?=\|)/g, '| --- ');

test.each(READMES)('the table of %s says what lib/config says: renew it with "npm run renew"', (file) => {
  const { text } = page(file);
  expect(plain(text)).toBe(plain(withEnvironmentTable(file, text, configured)));
});

test.each(['CONTRIBUTING.md', 'CONTRIBUTING.ja.md'])('%s says what each npm script does, and of no other', (file) => {
  const { scripts } = JSON.parse(page('package.json').text) as { scripts: Record<string, string> };
  const rows = [...page(file).text.matchAll(/^\| `npm (?:run )?([\w:-]+)/gm)].map(([, script]) => script);
  expect(rows.sort()).toEqual(Object.keys(scripts).sort());
});

/** IAM's names of services that have another one in templates. */
const IN_IAM: Readonly<Record<string, string>> = {
  applicationautoscaling: 'application-autoscaling',
  certificatemanager: 'acm',
  elasticloadbalancingv2: 'elasticloadbalancing',
};

test.each(['docs/first-deploy.md', 'docs/first-deploy.ja.md'])(
  '%s names every service that a narrower execution policy needs, or CloudFormation is denied a resource',
  (file) => {
    const [, listed = ''] = /[^]*--execution-policies <arn>([^]*?)`ssm:GetParameters`/.exec(page(file).text) ?? [];
    const types = (['dev', 'prod', 'testlean', 'delivery'] as const).flatMap((stack) =>
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
  ['CONTRIBUTING.md', 'lib'],
  ['CONTRIBUTING.ja.md', 'lib'],
  ['tools/README.md', 'tools'],
  ['test/README.md', 'test'],
])('the map of %s has each folder of %s', (file, folder) => {
  const folders = readdirSync(join(ROOT, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  expect(leftOut(page(file), folder, folders)).toEqual([]);
});
