import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Size } from 'aws-cdk-lib/core';
import { dev, prod } from '../../../lib/config';
import type { EnvironmentConfig } from '../../../lib/config/environment';
import { ContainerRoles } from '../../../lib/constructs/container-roles';
import { review } from '@infra/change-review/testing';
import { synthesize, withoutResources } from './support/real-stacks';

/** The pairs that a reviewer of this app is most likely to meet, made from its own stacks. */
const base = synthesize({ dev, prod });
const twiceTheSize = (config: EnvironmentConfig): EnvironmentConfig => {
  const size = { cpu: 2048, memory: Size.gibibytes(4) };
  return { ...config, webService: { ...config.webService, size } } as EnvironmentConfig;
};
const section = (comment: string, stack: string): string =>
  comment.split('\n\n### ').find((part) => part.startsWith(`\`${stack}\``)) ?? '';

it('nothing', () => {
  const { exitCode, stdout } = review(base, synthesize({ dev, prod }), '--markdown');
  expect(stdout).toContain('**No change.**');
  expect(exitCode).toBe(0);
});

it('the database replaced by an encryption change', () => {
  const head = synthesize({ dev: { ...dev, database: { ...dev.database, encryption: 'on' } }, prod });
  const { exitCode, stdout } = review(base, head, '--markdown');
  expect(stdout).toContain('⛔ **`Database/Instance` (`AWS::RDS::DBInstance`)**: Replaced: `StorageEncrypted`');
  expect(stdout).toContain('`DBInstanceIdentifier` `prooflink-dev-db` is still taken, by its own predecessor');
  expect(stdout).toContain('  - `StorageEncrypted`: `false` → `true` (replaces)');
  expect(stdout).toContain('`ProoflinkProd`: no change');
  expect(exitCode).toBe(1);
});

it.each([
  ['dev', dev, 'It is deleted, and all that it holds is lost.'],
  ['prod', prod, 'It is kept, outside the stack'],
] as const)('in %s the settings removed, and with them the values that people set', (name, config, fate) => {
  const settings = { variables: {}, secrets: ['SMTP_PASSWORD'] };
  const before = { ...config, webService: { ...config.webService, settings } } as EnvironmentConfig;
  const { exitCode, stdout } = review(synthesize({ [name]: before }), synthesize({ [name]: config }), '--markdown');
  expect(stdout).toContain(`⛔ **\`Settings/Secret\` (\`AWS::SecretsManager::Secret\`)**: Removed. ${fate}`);
  expect(exitCode).toBe(1);
});

it('the bucket removed', () => {
  const head = synthesize({ dev, prod });
  withoutResources(head, 'ProoflinkDev', 'FileStorage/Bucket');
  withoutResources(head, 'ProoflinkProd', 'FileStorage/Bucket');
  const { exitCode, stdout } = review(base, head, '--markdown');
  const bucket = '⛔ **`FileStorage/Bucket` (`AWS::S3::Bucket`)**: Removed. ';
  expect(section(stdout, 'ProoflinkDev')).toContain(`${bucket}It is deleted, and all that it holds is lost.`);
  expect(section(stdout, 'ProoflinkProd')).toContain(`${bucket}It is kept, outside the stack`);
  expect(section(stdout, 'ProoflinkProd')).toContain('stays taken: adding it again fails');
  expect(exitCode).toBe(1);
});

it('a security group opened', () => {
  const head = synthesize({ dev, prod: { ...prod, loadBalancer: { ...prod.loadBalancer, openPorts: [80, 443] } } });
  const { exitCode, stdout } = review(base, head, '--markdown');
  expect(stdout).toContain(
    '⚠️ **`internet` → `load balancer`**: newly reachable: `tcp 80` through `prooflink-prod-igw; prooflink-prod-alb-sg ',
  );
  expect(stdout).toContain('**1 finding opened or weakened in `ProoflinkProd`.**');
  expect(exitCode).toBe(0);
});

it('a role widened', () => {
  const head = synthesize({ dev, prod }, (stack) => {
    const roles = stack.node.findChild('Web').node.findChild('Roles');
    if (!(roles instanceof ContainerRoles)) throw new Error('The roles of the web tasks are made elsewhere now.');
    roles.addToTaskPolicy(new PolicyStatement({ actions: ['s3:*'], resources: ['*'] }));
  });
  const { exitCode, stdout } = review(base, head, '--markdown');
  expect(section(stdout, 'ProoflinkDev')).toContain('⚠️ **Rights of `Web/Roles/TaskRole`**: May now `s3:*` on `*`.');
  expect(exitCode).toBe(0);
});

it('the size of the tasks only', () => {
  const head = synthesize({ dev, prod: twiceTheSize(prod) });
  const { exitCode, stdout } = review(base, head, '--markdown');
  expect(section(stdout, 'ProoflinkProd').replace(/<sub>[^]*/, '')).toMatchInlineSnapshot(`
   "\`ProoflinkProd\`: 1 other change

   <details><summary>1 other change</summary>

   - **\`Web/TaskDefinition\` (\`AWS::ECS::TaskDefinition\`)**: A new revision of the task definition, which is normal.
     - \`Cpu\`: \`1024\` → \`2048\`
     - \`Memory\`: \`2048\` → \`4096\`

   </details>

   <details><summary><code>cdk diff</code>: nothing destructive, no broader permissions</summary>

   \`\`\`
   Resources
   [~] AWS::ECS::TaskDefinition Web/TaskDefinition WebTaskDefinitionD1709B1C replace
    ├─ [~] Cpu (requires replacement)
    │   ├─ [-] 1024
    │   └─ [+] 2048
    └─ [~] Memory (requires replacement)
        ├─ [-] 2048
        └─ [+] 4096
   \`\`\`

   </details>

   \`ProoflinkDev\`: no change

   "
  `);
  expect(exitCode).toBe(0);
});

it('an environment added', () => {
  const { exitCode, stdout } = review(synthesize({ dev }), base, '--markdown');
  expect(stdout).toMatch(/### `ProoflinkProd`: new environment, \d+ resources, nothing of it exists yet/);
  expect(stdout).toContain('⚠️ **`internet` → `load balancer`**: newly reachable: `tcp 443` through');
  expect(stdout).toContain('`ProoflinkDev`: no change');
  expect(exitCode).toBe(0);
});

it('an environment removed', () => {
  const { exitCode, stdout } = review(base, synthesize({ dev }), '--markdown');
  expect(stdout).toContain('### `ProoflinkProd`: environment removed');
  expect(section(stdout, 'ProoflinkProd')).toContain(
    '⛔ **`Database/Instance` (`AWS::RDS::DBInstance`)**: Removed. It is kept',
  );
  expect(exitCode).toBe(1);
});

it('safeguards off', () => {
  const off = { off: 'this test wants it' };
  const head = synthesize({
    dev,
    prod: {
      ...prod,
      terminationProtection: off,
      keepData: off,
      database: { ...prod.database, deletionProtection: off, backups: { ...prod.database.backups, retention: off } },
    },
  });
  const { exitCode, stdout } = review(base, head, '--markdown');
  for (const message of [
    'Its termination protection is switched off',
    'Its deletion protection is switched off.',
    'Its automated backups are switched off',
    '`DeletionPolicy`: `RetainExceptOnCreate` → `Delete`',
    'Images no longer keep it from being deleted.',
  ]) {
    expect(stdout).toContain(message);
  }
  expect(exitCode).toBe(1);
});

it('the most alarming comment of these, as a whole', () => {
  const head = synthesize({
    dev,
    prod: {
      ...twiceTheSize(prod),
      database: { ...prod.database, encryption: { off: 'this test wants it' } },
      loadBalancer: { ...prod.loadBalancer, openPorts: [80, 443] },
    },
  });
  const { exitCode, stdout } = review(base, head, '--markdown');
  expect(stdout).toMatchSnapshot();
  expect(exitCode).toBe(1);
});
