import { Size } from 'aws-cdk-lib/core';
import { dev, prod } from '../../../lib/config';
import type { EnvironmentConfig } from '../../../lib/config/environment';
import { review } from '@infra/change-review/testing';
import { synthesize } from './support/real-stacks';

/** Whole comments on changes of this app's config; what each finding says is in the pairs. */
const base = synthesize({ dev, prod });
const twiceTheSize = (config: EnvironmentConfig): EnvironmentConfig => {
  const size = { cpu: 2048, memory: Size.gibibytes(4) };
  return { ...config, webService: { ...config.webService, size } } as EnvironmentConfig;
};
const section = (comment: string, stack: string): string =>
  comment.split('\n\n### ').find((part) => part.startsWith(`\`${stack}\``)) ?? '';

it('nothing', () => {
  const { exitCode, stdout } = review(base, synthesize({ dev, prod }), { markdown: true });
  expect(stdout).toContain('**No change.**');
  expect(exitCode).toBe(0);
});

it.each([
  ['dev', dev, 'It is deleted, and all that it holds is lost.'],
  ['prod', prod, 'It is kept, outside the stack'],
] as const)('in %s the settings removed, and with them the values that people set', (name, config, fate) => {
  const settings = { variables: {}, secrets: ['SMTP_PASSWORD'] };
  const before = { ...config, webService: { ...config.webService, settings } } as EnvironmentConfig;
  const { exitCode, stdout } = review(synthesize({ [name]: before }), synthesize({ [name]: config }), {
    markdown: true,
  });
  expect(stdout).toContain(`⛔ **\`Settings/Secret\` (\`AWS::SecretsManager::Secret\`)**: Removed. ${fate}`);
  expect(exitCode).toBe(1);
});

it('the size of the tasks only', () => {
  const head = synthesize({ dev, prod: twiceTheSize(prod) });
  const { exitCode, stdout } = review(base, head, { markdown: true });
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

it('the most alarming comment of these, as a whole', () => {
  const head = synthesize({
    dev,
    prod: {
      ...twiceTheSize(prod),
      database: { ...prod.database, encryption: { off: 'this test wants it' } },
      loadBalancer: { ...prod.loadBalancer, openPorts: [80, 443] },
    },
  });
  const { exitCode, stdout } = review(base, head, { markdown: true });
  expect(stdout).toMatchSnapshot();
  expect(exitCode).toBe(1);
});
