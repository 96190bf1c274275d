import { Size } from 'aws-cdk-lib/core';
import { dev, prod } from '../../../../test/support/configs';
import type { EnvironmentConfig } from '../../src/app';
import { review } from '@infra/change-review/testing';
import { synthesize } from '../../../../test/support/synth';

it.each([
  { name: 'dev', config: dev, fate: 'It is deleted, and all of its data is lost.', exitCode: 1 },
  { name: 'prod', config: prod, fate: 'It is retained outside the stack', exitCode: 4 },
])('in $name the settings removed, and with them the values that people set', ({ name, config, fate, exitCode }) => {
  const settings = { variables: {}, secrets: ['SMTP_PASSWORD'] };
  const before = { ...config, webService: { ...config.webService, settings } } as EnvironmentConfig;
  const base = synthesize({ [name]: before });
  const head = synthesize({ [name]: config });
  const outcome = review(base, head, { markdown: true });
  expect(outcome.stdout).toContain(`⛔ **\`Settings/Secret\` (\`AWS::SecretsManager::Secret\`)**: Removed. ${fate}`);
  expect(outcome.exitCode).toBe(exitCode);
});

it('the most alarming comment of these, as a whole', () => {
  const changed: EnvironmentConfig = {
    ...prod,
    webService: { ...prod.webService, size: { cpu: 2048, memory: Size.gibibytes(4) } },
    database: { ...prod.database, encryption: { off: 'this test wants it' } },
    loadBalancer: { ...prod.loadBalancer, openPorts: [80, 443] },
  };
  const { exitCode, stdout } = review(synthesize({ dev, prod }), synthesize({ dev, prod: changed }), {
    markdown: true,
  });
  expect(stdout).toMatchSnapshot();
  expect(exitCode).toBe(3);
});
