import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { adoptAwsVariables, bootstrap, deploy, type LocalAws, runCdk, startLocalAws } from '@infra/local-aws';
import { stackId } from '../../../../lib/config/names';
import { readStack } from '../../../../tools/environment/deployed-stack';
import { environmentOf } from '../../../../tools/environment/environment';
import { changedByHand, TABLE } from '../../../../tools/health/hand';
import { COMPARED_BY_CLOUDFORMATION } from '../../../../tools/health/hand/drift';
import { type StandingResource, standingResources } from '../../../../tools/health/hand/template';
import { assembly } from '../../../support/assembly';
import { prod } from '../../../support/configs';

/** True if the commands that are printed as fixes can be run here. */
const hasAwsCli = spawnSync('aws', ['--version']).status === 0;

type Name = 'dev' | 'prod';
const before = { ...process.env };
let aws: LocalAws;

/** Deploys prod and dev into one account. */
export async function deployBoth(): Promise<void> {
  const { domain } = prod.loadBalancer;
  const zones = domain ? [{ id: domain.hostedZoneId, name: domain.hostedZoneName }] : [];
  aws = await startLocalAws({ usedBefore: true, hostedZones: zones });
  adoptAwsVariables(process.env, aws.env);
  await bootstrap({ aws });
  for (const name of ['prod', 'dev'])
    await deploy({ aws, app: assembly }, stackId(name), { AppImageTag: 'v1', BatchImageTag: 'v1' });
}

export async function stop(): Promise<void> {
  process.env = before;
  await aws.stop();
}

/** The environment's resources, with the template's properties. */
export const resourcesOf = async (name: Name): Promise<StandingResource[]> => standingResources(await readStack(name));

/** The properties that CloudFormation expects of a resource. */
export async function expectedBy(name: Name, LogicalResourceId: string): Promise<Record<string, unknown>> {
  const wanted = { StackName: stackId(name), LogicalResourceId };
  const { StackResourceDrift: drift } = await new CloudFormation({}).detectStackResourceDrift(wanted);
  return JSON.parse(drift?.ExpectedProperties ?? '{}') as Record<string, unknown>;
}

/** Changes by hand of resources of these types. */
export async function changesOf(name: Name, wanted = [...Object.keys(TABLE), ...COMPARED_BY_CLOUDFORMATION]) {
  return await changedByHand(environmentOf(await readStack(name)), wanted);
}

/** Runs the command that is printed as a fix: the CDK CLI takes the assembly that is deployed. */
export async function runFix(fix: string): Promise<void> {
  const [, stack] = /^npx cdk deploy (\w+) --revert-drift$/.exec(fix) ?? [];
  if (stack) {
    const options = ['--require-approval', 'never', '--revert-drift'];
    const { exitCode, output } = await runCdk({ aws, app: assembly }, ['deploy', stack, ...options]);
    expect([exitCode, exitCode === 0 ? '' : output]).toEqual([0, '']);
  } else if (hasAwsCli) await promisify(execFile)('sh', ['-c', fix], { env: aws.env });
}
