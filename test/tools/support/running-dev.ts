import { DescribeServicesCommand, ECSClient, type Service } from '@aws-sdk/client-ecs';
import { resourceNames, stackId } from '../../../lib/config/names';
import { pushImage } from '../../../tools/deploy-local/images';
import { sample, SAMPLE_STACKS } from '../../../tools/deploy-local/programs';
import { prooflink } from './prooflink';
import { adoptAwsVariables, bootstrap, deploy, type ImageProgram, startLocalAws, synth } from '@infra/local-aws';

export const names = resourceNames('dev');

/** A local AWS in which dev runs the sample application. This process's own AWS variables lead there until it stops. */
export async function startDev() {
  const before = { ...process.env };
  const aws = await startLocalAws({ run: true, usedBefore: true, patience: 3 });
  adoptAwsVariables(process.env, { ...aws.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' });
  const [app] = await Promise.all([synth({ aws, app: SAMPLE_STACKS }), bootstrap({ aws })]);
  const cdk = { aws, app };
  const outputs = await deploy(cdk, stackId('dev'));
  const release = async (tag: string, web: ImageProgram = sample.web(tag)): Promise<Service> => {
    await pushImage(outputs['AppRepositoryUri'] ?? '', tag, web);
    await pushImage(outputs['BatchRepositoryUri'] ?? '', tag, sample.job());
    await runRelease('--app', tag, '--batch', tag, '--migration');
    return await rested();
  };
  /** The command, as a person calls it; its assembly is synthesized already. */
  const runRelease = (...args: string[]) => prooflink(aws.env, 'release', 'dev', '--assembly', app, ...args);
  const stop = async (): Promise<void> => {
    process.env = before;
    await aws.stop();
  };
  return { aws, app, outputs, release, runRelease, stop };
}

/** The web service, once its deployment has come to rest. */
async function rested(): Promise<Service> {
  const ecs = new ECSClient({});
  const wanted = { cluster: names.cluster, services: [names.service] };
  for (const limit = Date.now() + 60_000; ;) {
    const [service] = (await ecs.send(new DescribeServicesCommand(wanted))).services ?? [];
    if (service && /COMPLETED|FAILED/.test(service.deployments?.[0]?.rolloutState ?? '')) return service;
    if (Date.now() > limit) throw new Error('the deployment does not come to rest');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
