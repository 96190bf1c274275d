import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { bareEnvironment } from '../support/bare-environment';
import { CopyOfApp } from '../support/copy-of-app';

const app = new CopyOfApp();
afterAll(() => {
  app.remove();
});

/** An environment to show: without import and alarms, with office hours and a domain. */
const DEMO = `
import { dev } from './dev';
import type { FixedConfig } from './environment';
import { prod } from './prod';

const { domain } = prod.loadBalancer;
export const testdemo: FixedConfig = {
  ...dev,
  userImport: undefined,
  alarms: undefined,
  terminationProtection: { off: 'every demo ends with cdk destroy ProoflinkTestdemo' },
  keepData: { off: 'a demo shows data that its script makes' },
  database: {
    ...dev.database,
    databaseName: 'prooflink_testdemo',
    encryption: { off: 'a demo shows no personal data' },
    multiAz: { off: 'a demo is short, and may fail' },
    deletionProtection: { off: 'every demo ends with cdk destroy ProoflinkTestdemo' },
  },
  imageRegistry: { ...dev.imageRegistry, immutableTags: { off: 'a demo runs whatever was built last' } },
  loadBalancer: { ...dev.loadBalancer, domain: domain && { ...domain, domainName: 'demo.' + domain.hostedZoneName } },
};
`;

test('who adds staging as the README says, or a demo of other parts, finds npm test green, and both tested', () => {
  app.addEverything();
  app.addEnvironment('teststaging');
  app.write('lib/config/testdemo.ts', DEMO);
  app.append('lib/config/index.ts', "export { testdemo } from './testdemo';\n");
  const delivery = app.read('lib/config/delivery.ts');
  app.write('lib/config/delivery.ts', delivery.replace('environments: {', 'environments: { testdemo: false,'));

  const { failed, passed } = npmTest();
  expect(failed).toEqual([]);
  for (const environment of ['teststaging', 'testdemo']) {
    expect(passed).toContain(`${environment} no secret stands in clear text`);
    expect(passed).toContain(`${environment} every output says what it is for`);
  }
}, 600_000);

/** Runs what package.json calls the test; tells the names of its tests, and why a file could not run. */
function npmTest(): { failed: string[]; passed: string[] } {
  const { scripts } = JSON.parse(app.read('package.json')) as { scripts: { test: string } };
  const home = join(app.directory, 'home');
  mkdirSync(home);
  const { stdout, stderr } = spawnSync(`${scripts.test} --ci --json`, {
    shell: true,
    cwd: app.directory,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    env: { ...bareEnvironment(), HOME: home, PATH: `node_modules/.bin:${process.env['PATH'] ?? ''}` },
  });
  if (!stdout.startsWith('{')) throw new Error(stderr);
  const { testResults } = JSON.parse(stdout) as {
    testResults: { message: string; assertionResults: { fullName: string; status: string }[] }[];
  };
  const all = testResults.flatMap(({ assertionResults }) => assertionResults);
  const ended = (status: string) => all.filter((one) => one.status === status).map(({ fullName }) => fullName);
  const broken = testResults.filter(({ assertionResults }) => assertionResults.length === 0);
  return { failed: [...ended('failed'), ...broken.map(({ message }) => message)], passed: ended('passed') };
}
