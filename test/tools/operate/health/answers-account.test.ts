import { Resolver } from 'node:dns/promises';
import { ScanNotFoundException } from '@aws-sdk/client-ecr';
import { NoSuchEntityException } from '@aws-sdk/client-iam';
import * as environments from '../../../support/configs';
import { prod } from '../../../support/configs';
import { ago, answers, askQuestion, standing, untagged } from './aws-answers';

answers('termination-protection', [
  ['on', {}, 'well', /is on/, standing({ description: { EnableTerminationProtection: true } })],
  ['off', {}, 'wrong', /npx cdk deploy ProoflinkProd/],
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
answers('scans', [
  ['done', image(findings('COMPLETE')), 'well', /^prooflink-prod-app:v1: 2 HIGH, .+ prooflink-prod-batch:v1: 2 HIGH/],
  ['of the image in an index', image(ofImages, index('amd64')), 'well', /^prooflink-prod-app:v1: 2 HIGH, /],
  ['of an index for others', image(ofImages, index('arm64')), 'wrong', /app:v1 has no image for linux\/amd64\./],
  ['never', image(unknown), 'wrong', /app:v1 was not scanned: no scan is known\./],
  ['impossible', image(findings('UNSUPPORTED_IMAGE')), 'wrong', /UNSUPPORTED_IMAGE, why/],
  ['by Inspector', image(findings('ACTIVE')), 'wrong', /Amazon Inspector/],
  ['at work', image(findings('IN_PROGRESS')), 'look', /ask again/],
  ['nothing to scan', {}, 'look', /no image tag yet/, untagged],
]);

const quota = (Value: number) => ({ GetServiceQuota: { Quota: { Value } } });
// Dev: 2 × 1 task of half a vCPU and 4 of imports. Prod: 2 × 4 tasks of one, and 16.
answers('quotas', [
  ['suffice', quota(29), 'well', /29 vCPUs; prod may want 24 at once, and all 2 of lib\/config 29\.$/],
  [
    'of dev alone suffice, and not of prod: that is a wish',
    quota(6),
    'look',
    /dev may want 5 at once, and all 2 of lib\/config 29\. .*--desired-value 29/,
    standing({ environment: 'dev' }),
  ],
  ['of a new account', quota(6), 'wrong', /--desired-value 29 --region ap-northeast-1$/],
  [
    'where it is alone',
    quota(6),
    'wrong',
    /prod may want 24 at once\. aws /,
    standing({ config: { region: 'us-east-1' } }),
  ],
]);

answers('github', [
  ['took all', { GetRole: { Role: { RoleLastUsed: { LastUsedDate: ago(1) } } } }, 'well', /each of them/],
  [
    'took none',
    { GetRole: { Role: { RoleLastUsed: {} } } },
    'look',
    /diff, prooflink-delivery-drift, prooflink-delivery-deploy-prod\./,
  ],
  [
    'has none',
    { GetRole: new NoSuchEntityException({ message: 'no', $metadata: {} }) },
    'wrong',
    /no role prooflink-delivery-diff .* npx cdk deploy/,
  ],
]);

test.each([
  { title: 'one account has one stack', devAccount: '111111111111', stack: 'ProoflinkDelivery' },
  { title: 'each of several accounts has its own stack', devAccount: '222222222222', stack: 'ProoflinkDeliveryProd' },
])('github: $title', async ({ devAccount, stack }) => {
  const accounts = [
    jest.replaceProperty(environments.dev, 'account', devAccount),
    jest.replaceProperty(environments.prod, 'account', '111111111111'),
  ];
  const missing = { GetRole: new NoSuchEntityException({ message: 'no', $metadata: {} }) };
  const answer = await askQuestion('github', missing);
  accounts.forEach((account) => {
    account.restore();
  });
  expect(answer?.fix).toBe(`npx cdk deploy ${stack}`);
});

const certificate = (more: object) => ({
  DescribeCertificate: {
    Certificate: { Status: 'ISSUED', RenewalEligibility: 'ELIGIBLE', NotAfter: new Date('2027-01-01'), ...more },
  },
});
const record = { ResourceRecord: { Name: '_n', Value: '_v' } };
const waiting = { Status: 'PENDING_VALIDATION', DomainName: 'd', DomainValidationOptions: [record] };
answers('certificate', [
  [
    'waits for its proof',
    certificate(waiting),
    'wrong',
    /^The certificate of d is PENDING_VALIDATION\. the CNAME record _n with the value _v, in the zone that the internet asks/,
  ],
  [
    'waits for its proof, whose record ACM has not made yet',
    certificate({ ...waiting, DomainValidationOptions: [{ DomainName: 'd' }] }),
    'wrong',
    /PENDING_VALIDATION\. the CNAME record of ACM, in the zone that the internet asks: ACM has not named it yet, ask again/,
  ],
  ['is renewed', certificate({}), 'well', /2027-01-01/],
  ['is used by nothing', certificate({ RenewalEligibility: 'INELIGIBLE' }), 'wrong', /does not renew/],
  [
    'could not be renewed',
    certificate({ RenewalSummary: { RenewalStatus: 'FAILED', RenewalStatusReason: 'CAA_ERROR' } }),
    'wrong',
    /FAILED \(CAA_ERROR\)/,
  ],
  ['waits for its record', certificate({ RenewalSummary: { RenewalStatus: 'PENDING_VALIDATION' } }), 'wrong', /CNAME/],
  ['ended, whatever ACM still says', certificate({ NotAfter: ago(1) }), 'wrong', /is EXPIRED since 2026-11-26\. a new/],
  ['ended', certificate({ Status: 'EXPIRED' }), 'wrong', /is EXPIRED\. a new certificate/],
]);

// The question answered "ACM renews it before" until the last day.
test.each([
  { title: 'two days before its end', NotAfter: ago(-48) },
  { title: 'four weeks before its end', NotAfter: ago(-28 * 24) },
])('certificate: $title, one that ACM has not renewed is a fault', async ({ NotAfter }) => {
  expect(await askQuestion('certificate', certificate({ NotAfter }))).toMatchObject({
    result: 'wrong',
    says: expect.stringMatching(/^The certificate ends on 2026-1\d-\d\d, and ACM has not renewed it/) as string,
  });
});

const ofDomain = standing({ config: { loadBalancer: prod.loadBalancer } });
const leads = (DNSName: string, Name = 'prooflink.example.com.') => ({
  DescribeLoadBalancers: { LoadBalancers: [{ DNSName: 'Own.elb.amazonaws.com' }] },
  ListResourceRecordSets: { ResourceRecordSets: [{ Name, Type: 'A', AliasTarget: { DNSName } }] },
});
answers('alias', [
  ['leads to the load balancer', leads('dualstack.own.elb.amazonaws.com.'), 'well', /^$/, ofDomain],
  [
    'leads to an older one',
    leads('old.elb.amazonaws.com.'),
    'wrong',
    /leads to old\.elb.* aws route53 change-resource-record-sets .*dualstack\.Own\.elb/,
    ofDomain,
  ],
  [
    'leads nowhere',
    leads('', 'later.example.com.'),
    'wrong',
    /^There is no A record prooflink\.example\.com, and/,
    ofDomain,
  ],
]);

test.each([
  ['our servers, however their names are spelled', ['NS-1.AWSDNS.ORG.'], 'well', ''],
  [
    'another zone',
    ['ns-1.other.example'],
    'wrong',
    'The internet asks ns-1.other.example about example.com, and not the zone Z0123456789EXAMPLE00. at the registrar, the name servers ' +
      'ns-1.awsdns.org; or, if another zone answers, loadBalancer.domain.hostedZoneId in lib/config/prod.ts',
  ],
  ['no server', 'ENOTFOUND', 'wrong', 'asks nobody about example.com'],
  ['a domain without servers', 'ENODATA', 'wrong', 'asks nobody about example.com'],
  ['a server that does not answer: that is no cause', 'ETIMEOUT', 'unknown', 'ETIMEOUT'],
])('delegation: %s', async (_, servers, result, says) => {
  const asked = jest.spyOn(Resolver.prototype, 'resolveNs');
  asked.mockImplementation(() => {
    return typeof servers === 'string' ? Promise.reject(new Error(`queryNs ${servers}`)) : Promise.resolve(servers);
  });
  const zone = { GetHostedZone: { DelegationSet: { NameServers: ['ns-1.awsdns.org'] } } };
  const answer = await askQuestion('delegation', zone, ofDomain).catch((error: unknown) => {
    return { result: 'unknown', says: String(error), fix: '' };
  });
  asked.mockRestore();
  expect(answer?.result ?? 'well').toBe(result);
  expect(`${answer?.says ?? ''} ${answer?.fix ?? ''}`).toContain(says);
});
