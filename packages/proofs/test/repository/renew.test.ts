import { CopyOfApp } from '@infra/testing/copy-of-app';

const app = new CopyOfApp();
beforeAll(() => {
  app.addEverything();
  app.useTestConfigs();
});
afterAll(() => {
  app.remove();
});

test('no false sum is published: with a class without a price, "renew" writes "?", says so, and renews the rest', () => {
  const prod = app.read('lib/config/prod.ts');
  app.write('lib/config/prod.ts', prod.replace('InstanceClass.T4G', 'InstanceClass.M7G').replace('MEDIUM', 'XLARGE8'));
  // As where the package delivery was taken out.
  app.run('mv .github/workflows .github/away');
  const { status, stdout } = app.run('npm run --silent renew');
  expect(stdout).toMatch(/^ProoflinkProd: the sum is unknown: .+ AmazonRDS Multi-AZUsage:db\.m7g\.8xlarge[.,] /m);
  expect(status).toBe(0);
  expect(app.read('docs/environments.md')).toMatch(/^\| together +\| +about 6,165 \| [\d,]+ \| +\? \|$/m);
  expect(app.read('README.md')).toMatch(/^A month costs [\d,]+ yen \(dev\) or \? yen \(prod\), /m);
  expect(app.run('grep -rl db.m7g.8xlarge test/app').stdout).toMatch(/snap$/m);
}, 300_000);

test('where lib/config is refused, nothing is renewed: tables and templates would be of two configs', () => {
  const readme = app.read('README.md');
  const prod = app.read('lib/config/prod.ts').replace('XLARGE8', 'XLARGE4');
  app.write('lib/config/prod.ts', prod.replace("databaseName: '", "databaseName: '1"));
  const { status, stdout, stderr } = app.run('npm run --silent renew');
  expect(stderr).toContain('prod: database.databaseName');
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(app.read('README.md')).toBe(readme);
}, 120_000);
