import { ECR, ScanNotFoundException } from '@aws-sdk/client-ecr';
import { IAM, NoSuchEntityException } from '@aws-sdk/client-iam';
import { ServiceQuotas } from '@aws-sdk/client-service-quotas';
import * as environments from '../../../../lib/config';
import { delivery } from '../../../../lib/config/delivery';
import type { EnvironmentConfig } from '../../../../lib/config/environment';
import { deliveryRoleNames } from '../../../../lib/config/names';
import { isOn } from '../../../../lib/config/safeguard';
import { Parameter } from '../../../../lib/contract';
import { undefinedIf } from '../../../deployed/deployed-stack';
import type { Environment } from '../../../deployed/environment';
import { PLATFORMS, platformName, readManifest } from '../../../deployed/image-manifest';
import { inTokyo } from '../../../deployed/times';
import { isRealAws, look, well, when, wrong } from '../question';

const guarded = when(({ config }) => isOn(config.terminationProtection));
const scanned = when(({ config }) => isOn(config.imageRegistry.scanOnPush));
const delivered = when(
  ({ environmentName: environmentName }) => delivery.repository !== undefined && delivery.environments[environmentName],
);

/** The account and what exists in it. */
export const ACCOUNT = [
  guarded.contact('termination-protection', 'Termination protection is on', ({ description }) => {
    const { EnableTerminationProtection, StackName = '' } = description;
    const off = wrong('It is off. A deploy sets it.', `npx cdk deploy ${StackName}`);
    return EnableTerminationProtection === true ? well('It is on.') : off;
  }),
  scanned.contact('scans', 'The images that run were scanned', async (environment) => {
    const { app, batch } = environment.names.repositories;
    const hasImport = environment.ids('AWS::Batch::JobDefinition').length > 0;
    const { [Parameter.appImageTag]: tag, [Parameter.batchImageTag]: batchTag } = environment.parameters;
    if (!tag || (hasImport && !batchTag)) return look('There is no image tag yet: release, and ask again.');
    const answers = [
      await scan(environment, app, tag),
      ...(hasImport && batchTag ? [await scan(environment, batch, batchTag)] : []),
    ];
    const worst = (['wrong', 'look', 'well'] as const).find((each) => answers.some(({ result }) => result === each));
    return { result: worst ?? 'look', says: answers.map(({ says }) => says).join(' ') };
  }),
  /** The other environments of the account may not be deployed yet: their wish alone is no fault. */
  when(isRealAws).contact('quotas', 'The quotas suffice', async (environment) => {
    const { Quota } = await environment.client(ServiceQuotas).getServiceQuota(FARGATE_VCPUS);
    const others = Object.entries<EnvironmentConfig>(environments)
      .filter(([name, each]) => name !== environment.environmentName && each.region === environment.config.region)
      .filter(([, each]) => (each.account ?? environment.account) === environment.account);
    const own = vcpusOf(environment.config);
    const all = others.reduce((sum, [, each]) => sum + vcpusOf(each), own);
    const { Value = 0 } = Quota ?? {};
    const together = others.length > 0 ? `, and all ${others.length + 1} of lib/config ${all}` : '';
    const says = `Fargate's quota is ${Value} vCPUs; ${environment.environmentName} may want ${own} at once${together}.`;
    const ask =
      `aws service-quotas request-service-quota-increase --service-code ${FARGATE_VCPUS.ServiceCode} ` +
      `--quota-code ${FARGATE_VCPUS.QuotaCode} --desired-value ${all} --region ${environment.region}`;
    if (Value >= all) return well(says);
    return Value < own ? wrong(says, ask) : look(says, ask);
  }),
  delivered.contact('github', 'GitHub gets its roles, and the comment and the issue appear', async (environment) => {
    const { diff, drift, deploy } = deliveryRoleNames;
    const unused: string[] = [];
    for (const RoleName of [diff, drift, deploy(environment.environmentName)]) {
      const found = await environment.client(IAM).getRole({ RoleName }).catch(undefinedIf(NoSuchEntityException));
      if (!found) return wrong(`There is no role ${RoleName} (docs/delivery.md).`, 'npx cdk deploy ProoflinkDelivery');
      if (!found.Role?.RoleLastUsed?.LastUsedDate) unused.push(RoleName);
    }
    if (unused.length === 0) return well('It took each of them. A pull request shows the comment.');
    return look(
      `Never taken: ${unused.join(', ')}. Open a pull request; gh workflow run drift.yml; deploy from GitHub.`,
    );
  }),
];

/** "Fargate On-Demand vCPU resource count", of web tasks and import jobs together. */
const FARGATE_VCPUS = { ServiceCode: 'fargate', QuotaCode: 'L-3032A538' };

/** At the most: a release runs old and new tasks side by side. */
function vcpusOf({ webService: { size, tasks }, userImport }: EnvironmentConfig): number {
  const most = tasks.mode === 'scaled' ? tasks.maxCapacity : tasks.desiredCount;
  return (2 * most * size.cpu) / 1024 + (userImport?.maxvCpus ?? 0);
}

/** ECR scans images, and no index of them: the tag of an index refers to the image that runs. */
async function scan(environment: Environment, repositoryName: string, imageTag: string) {
  const ecr = environment.client(ECR);
  const platform = PLATFORMS[environment.config.cpuArchitecture];
  const image = `${repositoryName}:${imageTag}`;
  const { manifests } = await readManifest(ecr, repositoryName, imageTag);
  const imageDigest = manifests?.find((each) => platformName(each.platform) === platform)?.digest;
  if (manifests && !imageDigest) return wrong(`${image} has no image for ${platform}.`);
  const imageId = imageDigest === undefined ? { imageTag } : { imageDigest };
  // eslint-disable-next-line aws/all-pages -- the state and the counts are on the first page
  const found = await ecr
    .describeImageScanFindings({ repositoryName, imageId })
    .catch(undefinedIf(ScanNotFoundException));
  const { status = '', description } = found?.imageScanStatus ?? {};
  const { findingSeverityCounts = {}, imageScanCompletedAt = 0 } = found?.imageScanFindings ?? {};
  const counts = Object.entries(findingSeverityCounts).map(([severity, number]) => `${number} ${severity}`);
  if (status === 'COMPLETE')
    return well(`${image}: ${counts.join(', ') || 'no finding'}, ${inTokyo(imageScanCompletedAt)}.`);
  if (['IN_PROGRESS', 'PENDING'].includes(status)) return look(`${image}: ${status}, ask again in some minutes.`);
  if (status === 'ACTIVE')
    return wrong(`${image}: the registry scans with Amazon Inspector, whose findings the stack's rule does not mail.`);
  return wrong(`${image} was not scanned: ${[status, description].filter(Boolean).join(', ') || 'no scan is known'}.`);
}
