import { DescribeImageScanFindingsCommand, ECRClient, ScanNotFoundException } from '@aws-sdk/client-ecr';
import { GetRoleCommand, IAMClient, NoSuchEntityException } from '@aws-sdk/client-iam';
import { GetServiceQuotaCommand, ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import * as environments from '../../lib/config';
import { delivery } from '../../lib/config/delivery';
import type { EnvironmentConfig } from '../../lib/config/environment';
import { deliveryRoleNames } from '../../lib/config/names';
import { isOn } from '../../lib/config/safeguard';
import { awsClient } from '../shared/aws';
import { PLATFORMS, platformName, readManifest } from '../shared/image-manifest';
import { inTokyo } from '../shared/times';
import { type Answer, type Contact, fail, look, pass, type Row } from './row';
import { Parameter } from '../../lib/contract';

/** "Fargate On-Demand vCPU resource count", of web tasks and import jobs together. */
const FARGATE_VCPUS = { ServiceCode: 'fargate', QuotaCode: 'L-3032A538' };

async function quotas({ stack, config }: Contact): Promise<Answer> {
  const client = awsClient(ServiceQuotasClient, stack);
  const { Quota } = await client.send(new GetServiceQuotaCommand(FARGATE_VCPUS));
  const [, , , , account] = (stack.description.StackId ?? '').split(':');
  const others = Object.entries<EnvironmentConfig>(environments)
    .filter(([name, each]) => name !== stack.environment && each.region === config.region)
    .filter(([, each]) => (each.account ?? account) === account);
  const here = [config, ...others.map(([, each]) => each)];
  const needed = here.map(vcpusOf).reduce((one, other) => one + other, 0);
  const { Value = 0 } = Quota ?? {};
  const who = here.length > 1 ? `${here.length} environments of lib/config` : 'the environment';
  const says = `Fargate's quota is ${Value} vCPUs; ${who} may want ${needed} at once`;
  if (Value >= needed) return pass(`${says}.`);
  return fail(
    `${says}. Ask for more: aws service-quotas request-service-quota-increase --service-code ${FARGATE_VCPUS.ServiceCode} ` +
      `--quota-code ${FARGATE_VCPUS.QuotaCode} --desired-value ${needed} --region ${stack.region}`,
  );
}

/** At the most: a release runs old and new tasks side by side. */
function vcpusOf({ webService: { size, tasks }, userImport }: EnvironmentConfig): number {
  const most = tasks.mode === 'scaled' ? tasks.maxCapacity : tasks.desiredCount;
  return (2 * most * size.cpu) / 1024 + (userImport?.maxvCpus ?? 0);
}

async function github({ stack }: Contact): Promise<Answer> {
  const client = awsClient(IAMClient, stack);
  const names = [deliveryRoleNames.diff, deliveryRoleNames.drift, deliveryRoleNames.deploy(stack.environment)];
  const unused: string[] = [];
  for (const RoleName of names) {
    try {
      const { Role } = await client.send(new GetRoleCommand({ RoleName }));
      if (!Role?.RoleLastUsed?.LastUsedDate) unused.push(RoleName);
    } catch (error) {
      if (error instanceof NoSuchEntityException)
        return fail(`There is no role ${RoleName}: npx cdk deploy ProoflinkDelivery (docs/delivery.md).`);
      throw error;
    }
  }
  if (unused.length === 0) return pass('It took each of them. A pull request shows the comment.');
  return look(`Never taken: ${unused.join(', ')}. Open a pull request; gh workflow run drift.yml; deploy from GitHub.`);
}

function protection({ stack }: Contact): Promise<Answer> {
  const isProtected = stack.description.EnableTerminationProtection === true;
  const off = `It is off. A deploy sets it: npx cdk deploy ${stack.description.StackName ?? ''}`;
  return Promise.resolve(isProtected ? pass('It is on.') : fail(off));
}

async function scans({ stack, names, config }: Contact): Promise<Answer> {
  const client = awsClient(ECRClient, stack);
  const running = [
    [names.repositories.app, stack.parameters[Parameter.appImageTag]],
    ...(stack.ids('AWS::Batch::JobDefinition').length > 0
      ? [[names.repositories.batch, stack.parameters[Parameter.batchImageTag]] as const]
      : []),
  ] as const;
  const answers: Answer[] = [];
  for (const [repositoryName, imageTag] of running) {
    if (!imageTag) return look('There is no image tag yet: release, and ask again.');
    answers.push(await scan(client, repositoryName, imageTag, PLATFORMS[config.cpuArchitecture]));
  }
  const worst = (['fail', 'look', 'pass'] as const).find((each) => answers.some(({ result }) => result === each));
  return { result: worst ?? 'look', says: answers.map(({ says }) => says).join(' ') };
}

/** ECR scans images, and no index of them: the tag of an index stands for the image that runs. */
async function scan(ecr: ECRClient, repositoryName: string, imageTag: string, platform: string): Promise<Answer> {
  const image = `${repositoryName}:${imageTag}`;
  const { manifests } = await readManifest(ecr, repositoryName, imageTag);
  const imageDigest = manifests?.find((each) => platformName(each.platform) === platform)?.digest;
  if (manifests && !imageDigest) return fail(`${image} has no image for ${platform}.`);
  const imageId = imageDigest === undefined ? { imageTag } : { imageDigest };
  // eslint-disable-next-line aws/all-pages -- the state and the counts are on the first page
  const asked = new DescribeImageScanFindingsCommand({ repositoryName, imageId });
  const found = await ecr.send(asked).catch((error: unknown) => {
    if (error instanceof ScanNotFoundException) return undefined;
    throw error;
  });
  const { status, description } = found?.imageScanStatus ?? {};
  const summary = found?.imageScanFindings;
  if (status === 'COMPLETE') {
    const found = Object.entries(summary?.findingSeverityCounts ?? {}).map(
      ([severity, count]) => `${count} ${severity}`,
    );
    return pass(`${image}: ${found.join(', ') || 'no finding'}, ${inTokyo(summary?.imageScanCompletedAt ?? 0)}.`);
  }
  if (status === 'IN_PROGRESS' || status === 'PENDING') return look(`${image}: ${status}, ask again in some minutes.`);
  if (status === 'ACTIVE')
    return fail(`${image}: the registry scans with Amazon Inspector, whose findings the stack's rule does not mail.`);
  return fail(`${image} was not scanned: ${[status, description].filter(Boolean).join(', ') || 'no scan is known'}.`);
}

/** The account and what stands in it. */
export const ACCOUNT: readonly Row[] = [
  {
    sees: 'Termination protection is on',
    told: 'the stack: the CDK CLI sets it beside the deployment',
    applies: ({ config }) => isOn(config.terminationProtection),
    ask: protection,
  },
  {
    sees: 'The images that run were scanned',
    told: 'scan of each image that runs',
    applies: ({ config }) => isOn(config.imageRegistry.scanOnPush),
    ask: scans,
  },
  { sees: 'The quotas suffice', told: 'vCPUs of Fargate, and what `lib/config` may want at once', ask: quotas },
  {
    sees: 'GitHub gets its roles, and the comment and the issue appear',
    told: 'last use of each role; a pull request, `gh workflow run drift.yml`',
    applies: ({ stack }) => delivery.repository !== undefined && delivery.environments[stack.environment],
    ask: github,
  },
];
