import { deployed } from '../support/deployed';
import { everyEnvironment } from '../support/environments';

test('the outputs are addresses of the stack, and commands on its resources to paste', () => {
  const stack = deployed('testweekdays', { AppImageTag: 'v2', MigratedImageTag: 'v1' });
  const registry = '123456789012.dkr.ecr.ap-northeast-1.amazonaws.com';
  const outputs = Object.keys(stack.template.Outputs ?? {}).map((id) => [id, stack.output(id)]);
  expect(Object.fromEntries(outputs)).toMatchObject({
    ApplicationUrl: 'https://LoadBalancer/Edge.DomainName',
    AppRepositoryUri: `${registry}/prooflink-testweekdays-app`,
    BatchRepositoryUri: `${registry}/prooflink-testweekdays-batch`,
    BucketName: 'prooflink-testweekdays-files-123456789012',
    RegistryLogin:
      'aws ecr get-login-password --region ap-northeast-1 | ' +
      `docker login --username AWS --password-stdin ${registry}`,
    MasterSecretArn: 'Database/MasterSecret',
    ConnectionUrlArn: 'Database/ConnectionUrl',
    SessionSecretArn: 'Web/SessionSecret',
    SettingsSecretArn: 'Settings/Secret',
    // Files to import are in this folder (guide 4-2), and the job knows them by this variable (guide 12-9).
    SubmitImport:
      'aws batch submit-job --job-name user-import --job-queue prooflink-testweekdays-job-queue ' +
      '--job-definition prooflink-testweekdays-user-import ' +
      "--container-overrides 'environment=[{name=IMPORT_FILE_KEY,value=imports/users.csv}]' --region ap-northeast-1",
    Migrated: 'v1',
  });
});

test.each(Object.keys(everyEnvironment) as (keyof typeof everyEnvironment)[])(
  '%s: each output says what it is for, in a sentence without a full stop',
  (environment) => {
    const outputs = Object.values(deployed(environment).template.Outputs ?? {});
    for (const { Description } of outputs) expect(Description).toMatch(/^[A-Z].{10,}[^.]$/);
  },
);
