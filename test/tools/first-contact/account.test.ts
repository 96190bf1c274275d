import { ScanNotFoundException } from '@aws-sdk/client-ecr';
import { NoSuchEntityException } from '@aws-sdk/client-iam';
import { ago, contactOf, rows, untagged } from './aws-answers';

rows('termination protection', /Termination/, [
  ['on', {}, 'pass', /is on/, contactOf({ description: { EnableTerminationProtection: true } })],
  ['off', {}, 'fail', /npx cdk deploy ProoflinkProd/],
]);

const findings = (status: string) => ({
  imageScanStatus: { status, description: 'why' },
  imageScanFindings: { findingSeverityCounts: { HIGH: 2 }, imageScanCompletedAt: ago(1) },
});
const unknown = new ScanNotFoundException({ message: 'no', $metadata: {} });
const image = (DescribeImageScanFindings: unknown, manifest: object = { config: {} }) => ({
  BatchGetImage: { images: [{ imageManifest: JSON.stringify(manifest) }] },
  DescribeImageScanFindings,
});
/** As buildx pushes an image with what it says of the build. */
const index = (architecture: string) => ({
  manifests: [
    { digest: 'sha256:built', platform: { os: 'linux', architecture } },
    { digest: 'sha256:said', platform: { os: 'unknown', architecture: 'unknown' } },
  ],
});
const ofImages = ({ imageId }: { imageId: { imageDigest?: string } }) =>
  imageId.imageDigest === 'sha256:built' ? findings('COMPLETE') : unknown;
rows('scans', /were scanned/, [
  ['done', image(findings('COMPLETE')), 'pass', /^prooflink-prod-app:v1: 2 HIGH, .+ prooflink-prod-batch:v1: 2 HIGH/],
  ['of the image in an index', image(ofImages, index('amd64')), 'pass', /^prooflink-prod-app:v1: 2 HIGH, /],
  ['of an index for others', image(ofImages, index('arm64')), 'fail', /app:v1 has no image for linux\/amd64\./],
  ['never', image(unknown), 'fail', /app:v1 was not scanned: no scan is known\./],
  ['impossible', image(findings('UNSUPPORTED_IMAGE')), 'fail', /UNSUPPORTED_IMAGE, why/],
  ['by Inspector', image(findings('ACTIVE')), 'fail', /Amazon Inspector/],
  ['at work', image(findings('IN_PROGRESS')), 'look', /ask again/],
  ['nothing to scan', {}, 'look', /no image tag yet/, untagged],
]);

const quota = (Value: number) => ({ GetServiceQuota: { Quota: { Value } } });
// Dev: 2 × 1 task of half a vCPU and 4 of imports. Prod: 2 × 4 tasks of one, and 16.
rows('quotas', /quotas/, [
  ['suffice', quota(29), 'pass', /29 vCPUs; 2 environments of lib\/config may want 29 at once\.$/],
  ['of a new account', quota(6), 'fail', /--desired-value 29 --region ap-northeast-1$/],
  [
    'where it stands alone',
    quota(6),
    'fail',
    /the environment may want 24/,
    contactOf({ config: { region: 'us-east-1' } }),
  ],
]);

rows('GitHub', /GitHub gets its roles/, [
  ['took all', { GetRole: { Role: { RoleLastUsed: { LastUsedDate: ago(1) } } } }, 'pass', /each of them/],
  [
    'took none',
    { GetRole: { Role: { RoleLastUsed: {} } } },
    'look',
    /diff, prooflink-delivery-drift, prooflink-delivery-deploy-prod\./,
  ],
  [
    'has none',
    { GetRole: new NoSuchEntityException({ message: 'no', $metadata: {} }) },
    'fail',
    /no role prooflink-delivery-diff: npx cdk deploy/,
  ],
]);

const certificate = (more: object) => ({
  DescribeCertificate: {
    Certificate: { Status: 'ISSUED', RenewalEligibility: 'ELIGIBLE', NotAfter: new Date('2027-01-01'), ...more },
  },
});
rows('the certificate', /issued and renews/, [
  ['is renewed', certificate({}), 'pass', /2027-01-01/],
  ['is used by nothing', certificate({ RenewalEligibility: 'INELIGIBLE' }), 'fail', /does not renew/],
  [
    'could not be renewed',
    certificate({ RenewalSummary: { RenewalStatus: 'FAILED', RenewalStatusReason: 'CAA_ERROR' } }),
    'fail',
    /FAILED \(CAA_ERROR\)/,
  ],
  ['waits for its record', certificate({ RenewalSummary: { RenewalStatus: 'PENDING_VALIDATION' } }), 'fail', /CNAME/],
  ['ended', certificate({ Status: 'EXPIRED' }), 'fail', /It is EXPIRED/],
]);
