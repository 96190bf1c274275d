import { Resolver } from 'node:dns/promises';
import { prod } from '../../../support/configs';
import { ago, askQuestion, describeAnswers, environmentWith } from './aws-answers';

/** ACM on the certificate: issued, used and valid until 2027, unless fields change that. */
const certificateWith = (fields: object) => ({
  DescribeCertificate: {
    Certificate: {
      DomainName: 'example.com',
      Status: 'ISSUED',
      RenewalEligibility: 'ELIGIBLE',
      NotAfter: new Date('2027-01-01'),
      ...fields,
    },
  },
});

const ADD_RECORD = 'the CNAME record _n with the value _v, in the zone that the internet asks: ACM looks for it';
const ADD_LATER =
  'the CNAME record of ACM, in the zone that the internet asks: ACM has not named it yet, ask again in a minute';
const NEW_CERTIFICATE = 'a new certificate: change the id of Certificate in lib/constructs/domain.ts, and deploy';

describeAnswers('certificate', [
  {
    title: 'a certificate that waits for its validation needs a record in the zone that the internet asks',
    aws: certificateWith({
      Status: 'PENDING_VALIDATION',
      DomainValidationOptions: [{ ResourceRecord: { Name: '_n', Value: '_v' } }],
    }),
    result: 'wrong',
    says: 'The certificate of example.com is PENDING_VALIDATION.',
    fix: ADD_RECORD,
  },
  {
    title: 'a record that ACM has not named yet is asked about later',
    aws: certificateWith({
      Status: 'PENDING_VALIDATION',
      DomainValidationOptions: [{ DomainName: 'example.com' }],
    }),
    result: 'wrong',
    says: 'The certificate of example.com is PENDING_VALIDATION.',
    fix: ADD_LATER,
  },
  {
    title: 'a certificate that ACM renews is named with its end',
    aws: certificateWith({}),
    result: 'well',
    says: 'It ends on 2027-01-01, and ACM renews it before.',
  },
  {
    title: 'a certificate that nothing of AWS uses is not renewed',
    aws: certificateWith({ RenewalEligibility: 'INELIGIBLE' }),
    result: 'wrong',
    says: 'ACM does not renew it: nothing of AWS uses it.',
    fix: 'npx cdk deploy ProoflinkProd --revert-drift',
  },
  {
    title: 'a renewal that failed is a fault with ACM’s reason',
    aws: certificateWith({ RenewalSummary: { RenewalStatus: 'FAILED', RenewalStatusReason: 'CAA_ERROR' } }),
    result: 'wrong',
    says: 'Its renewal is FAILED (CAA_ERROR).',
    fix: ADD_LATER,
  },
  {
    title: 'a renewal that waits for its validation is a fault',
    aws: certificateWith({ RenewalSummary: { RenewalStatus: 'PENDING_VALIDATION' } }),
    result: 'wrong',
    says: 'Its renewal is PENDING_VALIDATION (no reason given).',
    fix: ADD_LATER,
  },
  {
    title: 'a certificate behind its end is expired, even if ACM still calls it issued',
    aws: certificateWith({ NotAfter: ago(1) }),
    result: 'wrong',
    says: 'The certificate of example.com is EXPIRED since 2026-11-26.',
    fix: NEW_CERTIFICATE,
  },
  {
    title: 'an expired certificate is replaced',
    aws: certificateWith({ Status: 'EXPIRED' }),
    result: 'wrong',
    says: 'The certificate of example.com is EXPIRED.',
    fix: NEW_CERTIFICATE,
  },
]);

// The question answered "ACM renews it before" until the last day.
test.each([
  { title: 'two days before its end', NotAfter: ago(-2 * 24) },
  { title: 'four weeks before its end', NotAfter: ago(-28 * 24) },
])('question certificate: one that ACM has not renewed $title is a fault', async ({ NotAfter }) => {
  expect(await askQuestion('certificate', certificateWith({ NotAfter }))).toMatchObject({
    result: 'wrong',
    says: expect.stringMatching(/^The certificate ends on 2026-1\d-\d\d, and ACM has not renewed it/) as string,
  });
});

const withDomain = environmentWith({ config: { loadBalancer: prod.loadBalancer } });

/** The load balancer, and Route 53 on the only record of the zone, an alias. */
const aliasRecord = (recordName: string, DNSName: string) => ({
  DescribeLoadBalancers: { LoadBalancers: [{ DNSName: 'Own.elb.amazonaws.com' }] },
  ListResourceRecordSets: { ResourceRecordSets: [{ Name: recordName, Type: 'A', AliasTarget: { DNSName } }] },
});

const UPSERT = /^aws route53 change-resource-record-sets .*"DNSName":"dualstack\.Own\.elb\./;

describeAnswers('alias', [
  {
    title: 'the domain leads to the load balancer, in whatever letters Route 53 writes it',
    aws: aliasRecord('prooflink.example.com.', 'dualstack.own.elb.amazonaws.com.'),
    environment: withDomain,
    result: 'well',
  },
  {
    title: 'a domain that leads to an older load balancer is a fault',
    aws: aliasRecord('prooflink.example.com.', 'old.elb.amazonaws.com.'),
    environment: withDomain,
    result: 'wrong',
    says: 'prooflink.example.com leads to old.elb.amazonaws.com, and the load balancer is Own.elb.amazonaws.com.',
    fix: UPSERT,
  },
  {
    title: 'a record of another domain does not count',
    aws: aliasRecord('later.example.com.', ''),
    environment: withDomain,
    result: 'wrong',
    says: 'There is no A record prooflink.example.com, and the load balancer is Own.elb.amazonaws.com.',
    fix: UPSERT,
  },
]);

/** Asks to which name servers the public DNS delegates the domain: theirs, or an error of the resolver. */
async function askDelegation(nameServers: readonly string[] | Error) {
  const resolver = jest.spyOn(Resolver.prototype, 'resolveNs').mockImplementation(() => {
    return nameServers instanceof Error ? Promise.reject(nameServers) : Promise.resolve([...nameServers]);
  });
  const hostedZone = { GetHostedZone: { DelegationSet: { NameServers: ['ns-1.awsdns.org'] } } };
  return await askQuestion('delegation', hostedZone, withDomain).finally(() => {
    resolver.mockRestore();
  });
}

describe('question delegation', () => {
  it('the name servers of the zone are asked, in whatever letters they are written', async () => {
    expect(await askDelegation(['NS-1.AWSDNS.ORG.'])).toEqual({ result: 'well', says: '' });
  });

  it('a domain that is delegated to another zone is a fault', async () => {
    expect(await askDelegation(['ns-1.other.example'])).toEqual({
      result: 'wrong',
      says: 'The internet asks ns-1.other.example about example.com, and not the zone Z0123456789EXAMPLE00.',
      fix:
        'at the registrar, the name servers ns-1.awsdns.org; ' +
        'or, if another zone answers, loadBalancer.domain.hostedZoneId in lib/config/prod.ts',
    });
  });

  it.each([
    { title: 'does not exist', code: 'ENOTFOUND' },
    { title: 'has no name servers', code: 'ENODATA' },
  ])('a domain that $title is a fault', async ({ code }) => {
    expect(await askDelegation(new Error(`queryNs ${code}`))).toMatchObject({
      result: 'wrong',
      says: expect.stringContaining('asks nobody about example.com') as string,
    });
  });

  it('a name server that does not answer in time is no fault of the domain', async () => {
    await expect(askDelegation(new Error('queryNs ETIMEOUT'))).rejects.toThrow('ETIMEOUT');
  });
});
