import { CopyOfApp } from '../support/copy-of-app';
import { npmTest } from './support/npm-test';

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

  const { failed, passed } = npmTest(app);
  expect(failed).toEqual([]);
  for (const environment of ['teststaging', 'testdemo']) {
    expect(passed).toContain(`lib/${environment} no secret stands in clear text`);
    expect(passed).toContain(`lib/${environment} every output says what it is for`);
  }
}, 600_000);
