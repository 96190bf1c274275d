import { ScanNotFoundException } from '@aws-sdk/client-ecr';
import { NoSuchEntityException } from '@aws-sdk/client-iam';
import * as environments from '../../../../test/support/configs';
import { ago, askQuestion, describeAnswers, dev, environmentWith, unreleased } from './aws-answers';

describeAnswers('termination-protection', [
  {
    title: 'the stack is protected',
    aws: {},
    environment: environmentWith({ description: { EnableTerminationProtection: true } }),
    result: 'well',
    says: 'It is on.',
  },
  {
    title: 'a stack that is not protected is protected by a deploy',
    aws: {},
    result: 'wrong',
    says: 'It is off. A deploy sets it.',
    fix: 'npx cdk deploy ProoflinkProd',
  },
]);

const scanIn = (status: string) => ({
  imageScanStatus: { status, description: 'why' },
  imageScanFindings: { findingSeverityCounts: { HIGH: 2 }, imageScanCompletedAt: ago(1) },
});
const NEVER_SCANNED = new ScanNotFoundException({ message: 'no', $metadata: {} });

/** ECR on both images, which are no indexes unless their manifest is one. */
const ecrImages = (DescribeImageScanFindings: unknown, manifest: object = { config: {} }) => ({
  BatchGetImage: { images: [{ imageManifest: JSON.stringify(manifest) }] },
  DescribeImageScanFindings,
});

/** Index that buildx pushes: an image, and an attestation of the build. */
const indexFor = (architecture: string) => ({
  manifests: [
    { digest: 'sha256:image', platform: { os: 'linux', architecture } },
    { digest: 'sha256:attestation', platform: { os: 'unknown', architecture: 'unknown' } },
  ],
});

/** ECR scans the image in an index, and not the index. */
const scanOfImageInIndex = ({ imageId }: { readonly imageId: { readonly imageDigest?: string } }) =>
  imageId.imageDigest === 'sha256:image' ? scanIn('COMPLETE') : NEVER_SCANNED;

/** The same sentence about the image of the web tasks and that of the import jobs. */
const ofBothImages = (sentence: string) => `prooflink-prod-app:v1${sentence} prooflink-prod-batch:v1${sentence}`;

const FINDINGS = ofBothImages(': 2 HIGH, 2026-11-26 11:00 (Tokyo).');

describeAnswers('scans', [
  {
    title: 'findings are counted by severity',
    aws: ecrImages(scanIn('COMPLETE')),
    result: 'well',
    says: FINDINGS,
  },
  {
    title: 'of an index, the image for the tasks’ processor was scanned',
    aws: ecrImages(scanOfImageInIndex, indexFor('amd64')),
    result: 'well',
    says: FINDINGS,
  },
  {
    title: 'an index without an image for the tasks’ processor is a fault',
    aws: ecrImages(scanOfImageInIndex, indexFor('arm64')),
    result: 'wrong',
    says: ofBothImages(' has no image for linux/amd64.'),
  },
  {
    title: 'an image that was never scanned is a fault',
    aws: ecrImages(NEVER_SCANNED),
    result: 'wrong',
    says: ofBothImages(' was not scanned: no scan is known.'),
  },
  {
    title: 'an image that ECR cannot scan is a fault',
    aws: ecrImages(scanIn('UNSUPPORTED_IMAGE')),
    result: 'wrong',
    says: ofBothImages(' was not scanned: UNSUPPORTED_IMAGE, why.'),
  },
  {
    title: 'findings of Amazon Inspector are not mailed by the stack, which is a fault',
    aws: ecrImages(scanIn('ACTIVE')),
    result: 'wrong',
    says: ofBothImages(": the registry scans with Amazon Inspector, whose findings the stack's rule does not mail."),
  },
  {
    title: 'a scan that is underway is asked about later',
    aws: ecrImages(scanIn('IN_PROGRESS')),
    result: 'look',
    says: ofBothImages(': IN_PROGRESS, ask again in some minutes.'),
  },
  {
    title: 'there is no image before the first release',
    aws: {},
    environment: unreleased,
    result: 'look',
    says: 'There is no image tag yet: release, and ask again.',
  },
]);

const refusing = environmentWith({
  config: {
    imageRegistry: {
      ...environments.prod.imageRegistry,
      refuse: {
        severity: 'HIGH',
        accepted: [{ id: 'CVE-2026-1111', until: '2026-11-25', why: 'accepted until yesterday' }],
      },
    },
  },
});
const scanWith = (...names: readonly string[]) => ({
  imageScanStatus: { status: 'COMPLETE' },
  imageScanFindings: {
    findingSeverityCounts: { HIGH: names.length },
    imageScanCompletedAt: ago(1),
    findings: names.map((name) => ({ name, severity: 'HIGH' })),
  },
});

describeAnswers('scans', [
  {
    title: 'an image that runs, and that a release would refuse now, asks a person to look',
    aws: ecrImages(scanWith('CVE-2026-1111', 'CVE-2026-2222')),
    environment: refusing,
    result: 'look',
    says: ['app', 'batch']
      .map(
        (name) =>
          `prooflink-prod-${name}:v1: 2 HIGH, 2026-11-26 11:00 (Tokyo). ` +
          `\`release\` would refuse prooflink-prod-${name}:v1 now for 2 findings, first ` +
          'HIGH CVE-2026-1111; was accepted until 2026-11-25, which is over.',
      )
      .join(' '),
  },
  {
    title: 'nothing is refused where the config refuses nothing',
    aws: ecrImages(scanWith('CVE-2026-1111')),
    result: 'well',
    says: ofBothImages(': 1 HIGH, 2026-11-26 11:00 (Tokyo).'),
  },
]);

const quotaOf = (Value: number) => ({ GetServiceQuota: { Quota: { Value } } });
const requestQuota = (vcpus: number) =>
  'aws service-quotas request-service-quota-increase --service-code fargate --quota-code L-3032A538 ' +
  `--desired-value ${vcpus} --region ap-northeast-1`;

// dev: 2 × 1 task of half a vCPU and 4 of imports. prod: 2 × 4 tasks of one, and 16.
describeAnswers('quotas', [
  {
    title: 'a quota for all environments suffices',
    aws: quotaOf(29),
    result: 'well',
    says: "Fargate's quota is 29 vCPUs; prod may want 24 at once, and all 2 of lib/config 29.",
  },
  {
    title: 'a quota that suffices for dev, and not for prod beside it, asks a person to look',
    aws: quotaOf(6),
    environment: dev,
    result: 'look',
    says: "Fargate's quota is 6 vCPUs; dev may want 5 at once, and all 2 of lib/config 29.",
    fix: requestQuota(29),
  },
  {
    title: 'the quota of a new account is too small for prod',
    aws: quotaOf(6),
    result: 'wrong',
    says: "Fargate's quota is 6 vCPUs; prod may want 24 at once, and all 2 of lib/config 29.",
    fix: requestQuota(29),
  },
  {
    title: 'environments of another region have their own quota',
    aws: quotaOf(6),
    environment: environmentWith({ config: { region: 'us-east-1' } }),
    result: 'wrong',
    says: "Fargate's quota is 6 vCPUs; prod may want 24 at once.",
    fix: requestQuota(24),
  },
]);

const NO_ROLE = { GetRole: new NoSuchEntityException({ message: 'no', $metadata: {} }) };

describeAnswers('github', [
  {
    title: 'GitHub has assumed each role',
    aws: { GetRole: { Role: { RoleLastUsed: { LastUsedDate: ago(1) } } } },
    result: 'well',
    says: 'It took each of them.',
  },
  {
    title: 'roles that were never assumed are named, and ways to use them',
    aws: { GetRole: { Role: { RoleLastUsed: {} } } },
    result: 'look',
    says:
      'Never taken: prooflink-delivery-drift, prooflink-delivery-deploy-prod, prooflink-delivery-release-prod. ' +
      'gh workflow run drift.yml; deploy from GitHub.',
  },
  {
    title: 'a role that does not exist is a fault',
    aws: NO_ROLE,
    result: 'wrong',
    says: 'There is no role prooflink-delivery-drift (docs/delivery.md).',
    fix: 'npx cdk deploy ProoflinkDelivery',
  },
]);

test.each([
  {
    title: 'environments in one account have one stack of roles',
    devAccount: '111111111111',
    fix: 'npx cdk deploy ProoflinkDelivery',
  },
  {
    title: 'each of several accounts has its own stack of roles',
    devAccount: '222222222222',
    fix: 'npx cdk deploy ProoflinkDeliveryProd',
  },
])('question github: $title', async ({ devAccount, fix }) => {
  const accountOfDev = jest.replaceProperty(environments.dev, 'account', devAccount);
  const accountOfProd = jest.replaceProperty(environments.prod, 'account', '111111111111');
  const answer = await askQuestion('github', NO_ROLE);
  accountOfDev.restore();
  accountOfProd.restore();
  expect(answer?.fix).toBe(fix);
});
