import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as configured from '../../../lib/config';
import { ENVIRONMENT_PAGES, withEnvironmentTable } from '../../repository/environment-table';
import { template } from '../../../test/support/assembly';
import { dev, prod } from '../../../test/support/configs';
import { groupsOf, page, ROOT } from './documents';

/** A page without the spaces and hyphens with which Prettier pads tables. */
function withoutPadding(text: string): string {
  return text.replace(/ +/g, ' ').replace(/\| :?-+:? (?=\|)/g, '| --- ');
}

test.each(ENVIRONMENT_PAGES)(
  'the table of %s has the values of lib/config, which are deployed: "npm run renew" writes it',
  (file) => {
    const { text } = page(file);
    expect(withoutPadding(text)).toBe(withoutPadding(withEnvironmentTable(file, text, configured)));
  },
);

test.each(['CONTRIBUTING.md', 'CONTRIBUTING.ja.md'])('%s has a row for each npm script, and for no other', (file) => {
  const { scripts } = JSON.parse(page('package.json').text) as { scripts: Record<string, string> };
  const scriptsOfRows = groupsOf(page(file).text, /^\| `npm (?:run )?([\w:-]+)/gm);
  expect(scriptsOfRows.sort()).toEqual(Object.keys(scripts).sort());
});

/** IAM's names of the services that have another name in the types of CloudFormation. */
const IAM_NAMES: Readonly<Record<string, string>> = {
  applicationautoscaling: 'application-autoscaling',
  certificatemanager: 'acm',
  elasticloadbalancingv2: 'elasticloadbalancing',
};

/**
 * IAM's names of the services whose resources CloudFormation creates: those of the guide's environments, those of the delivery,
 * and those of testlean, an environment of the tests that has a firewall and a budget.
 */
function servicesOfStacks(): Set<string> {
  const services = new Set<string>();
  for (const stack of ['dev', 'prod', 'testlean', 'delivery'] as const) {
    for (const { Type } of Object.values(template(stack).Resources)) {
      const [vendor = '', service = ''] = Type.split('::');
      const isOfAws = vendor === 'AWS' && service !== 'CDK';
      const name = service.toLowerCase();
      if (isOfAws) services.add(IAM_NAMES[name] ?? name);
    }
  }
  return services;
}

/** Services that the page names for a narrower execution policy: in the sentence from its command to `ssm:GetParameters`. */
function servicesOfPolicy(file: string): string[] {
  const [, afterCommand = ''] = page(file).text.split(/`npm run prooflink -- prepare --execution-policies <arn>`[.。]/);
  const [sentence = ''] = afterCommand.split('`ssm:GetParameters`');
  return groupsOf(sentence, /`([a-z\d-]+)`/g);
}

test.each(['docs/first-deploy.md', 'docs/first-deploy.ja.md'])(
  '%s names every service that a narrower execution policy needs: without it, IAM denies CloudFormation a resource',
  (file) => {
    expect(servicesOfPolicy(file).sort()).toEqual([...servicesOfStacks()].sort());
  },
);

/** Docker's names of the processors that `cpuArchitecture` may have. */
const PLATFORMS = { X86_64: 'linux/amd64', ARM64: 'linux/arm64' };

/** Arguments of each `docker build` that a page shows. */
function dockerBuilds(file: string): string[] {
  return groupsOf(page(file).text, /^docker build (.*)$/gm);
}

test.each(['README.md', 'README.ja.md'])(
  '%s builds each image for the processor of dev and prod: an image for another one does not start',
  (file) => {
    const platforms = dockerBuilds(file).map((build) => /--platform (\S+)/.exec(build)?.[1]);
    const processors = [dev, prod].map(({ cpuArchitecture }) => cpuArchitecture);
    expect(new Set(platforms)).toEqual(new Set(processors.map((processor) => PLATFORMS[processor])));
  },
);

test.each(['README.md', 'README.ja.md'])(
  '%s builds each image without provenance: with it, ECR gets an index of images, which it does not scan',
  (file) => {
    expect(dockerBuilds(file).filter((build) => !build.includes(' --provenance=false '))).toEqual([]);
  },
);

/** Names of the folders in a folder. */
function foldersIn(folder: string): string[] {
  const entries = readdirSync(join(ROOT, folder), { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

/** True if a row of the page's table begins with the folder, as code or as a link, with or without the outer folder. */
function hasRowFor(text: string, folder: string, name: string): boolean {
  return new RegExp(`^\\| [\`[](?:${folder}/)?${name}[\`\\]]`, 'm').test(text);
}

test.each([
  { file: 'CONTRIBUTING.md', folder: 'lib' },
  { file: 'CONTRIBUTING.ja.md', folder: 'lib' },
  { file: 'tools/README.md', folder: 'tools' },
  { file: 'test/README.md', folder: 'test' },
])(
  'the map of $file has a row for each folder of $folder: without one, no reader finds the folder',
  ({ file, folder }) => {
    const { text } = page(file);
    expect(foldersIn(folder).filter((name) => !hasRowFor(text, folder, name))).toEqual([]);
  },
);
