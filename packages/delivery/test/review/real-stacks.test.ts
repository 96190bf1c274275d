import { Size } from 'aws-cdk-lib/core';
import { dev, prod } from '../../../../test/support/configs';
import type { EnvironmentConfig } from '@infra/commands/app';
import { review } from '@infra/change-review/testing';
import { synthesize } from '../../../../test/support/synth';

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
