import { join } from 'node:path';
import { adoptAwsVariables, bootstrap, deploy, startLocalAws } from '@infra/local-aws';
import * as configured from '@infra/testing/configs';
import { createStacks, stackId } from '@infra/commands/app';
import { pushImage } from '@infra/local/images';
import { sample } from '@infra/local/programs';
import { withFields } from '@infra/testing/config';
import { newApp } from '@infra/testing/synth';

/** Key of a secret setting of the import jobs. */
export const SETTING = 'SMTP_PASSWORD';

/** The assembly of prod of the tests, with a firewall, and with a secret setting of the import jobs. */
function prodAssembly(outdir: string): string {
  const settings = { variables: {}, secrets: [SETTING] };
  const firewall = { mode: 'block', requestsPerAddress: 2_000, signInsPerAddress: 100 };
  const prod = withFields(configured.prod, { 'userImport.settings': settings, 'loadBalancer.firewall': firewall });
  const app = newApp({ outdir });
  createStacks(app, { ...configured, prod });
  return app.synth().directory;
}

/** A local AWS in which prod is deployed and its images are pushed; nothing of it runs. */
export async function startProd() {
  const before = { ...process.env };
  const { hostedZoneId: id = '', hostedZoneName: name = '' } = configured.prod.loadBalancer.domain ?? {};
  const aws = await startLocalAws({ usedBefore: true, standIns: true, hostedZones: [{ id, name }] });
  adoptAwsVariables(process.env, aws.env);
  const app = prodAssembly(join(aws.directory, 'prod'));
  await bootstrap({ aws });
  const outputs = await deploy({ aws, app }, stackId('prod'), { AppImageTag: 'v1', BatchImageTag: 'v1' });
  const images = [
    { repositoryUri: outputs['AppRepositoryUri'] ?? '', program: sample.web('v1') },
    { repositoryUri: outputs['BatchRepositoryUri'] ?? '', program: sample.job() },
  ];
  for (const image of images) await pushImage({ ...image, tag: 'v1', architecture: undefined });
  const stop = async (): Promise<void> => {
    process.env = before;
    await aws.stop();
  };
  return { aws, app, stop };
}
