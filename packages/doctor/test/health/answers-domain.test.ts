import { Resolver } from 'node:dns/promises';
import { prod } from '@infra/testing/configs';
import { ago, askQuestion, describeAnswers, environmentWith } from './aws-answers';

/** Answer of ACM: the certificate is issued and valid until 2027, unless fields change that. */
const certificateWith = (fields: object) => ({
  DescribeCertificate: {
    Certificate: {
      DomainName: 'example.com',
      Status: 'ISSUED',
      NotAfter: new Date('2027-01-01'),
      ...fields,
    },
  },
});

/** The record by which ACM validates the domain, as DescribeCertificate has it. */
const VALIDATION = [{ ResourceRecord: { Name: '_n', Value: '_v' } }];
const ADD_RECORD = 'the CNAME record _n with the value _v, in the zone that the internet asks: ACM looks for it';
const NEW_CERTIFICATE =
  'change the id of LoadBalancer/Domain/Certificate in lib/constructs, and deploy: that creates another one';

describeAnswers('certificate', [
  {
    title: 'a certificate that waits for its validation is never issued without its record: it is named',
    aws: certificateWith({
      Status: 'PENDING_VALIDATION',
      DomainValidationOptions: VALIDATION,
    }),
    result: 'wrong',
    says: 'The certificate of example.com is PENDING_VALIDATION.',
    fix: ADD_RECORD,
  },
  {
    title: 'ACM never renews an expired certificate: a new one replaces it',
    aws: certificateWith({ Status: 'EXPIRED' }),
    result: 'wrong',
    says: 'The certificate of example.com is EXPIRED.',
    fix: NEW_CERTIFICATE,
  },
]);

describeAnswers('certificate-renewal', [
  {
    title: 'a certificate that ACM renews is well, and its end is shown',
    aws: certificateWith({}),
    result: 'well',
    says: 'The certificate of example.com ends on 2027-01-01, and ACM renews it before.',
  },
  {
    title: 'a renewal that failed is a fault with ACM’s reason: the certificate ends',
    aws: certificateWith({
      RenewalSummary: { RenewalStatus: 'FAILED', RenewalStatusReason: 'DOMAIN_VALIDATION_DENIED' },
      DomainValidationOptions: VALIDATION,
    }),
    result: 'wrong',
    says: 'The renewal of the certificate of example.com is FAILED (DOMAIN_VALIDATION_DENIED).',
    fix: ADD_RECORD,
  },
  {
    title: 'a renewal that CAA records forbid leads to ACM’s page on them, and not to the record for the validation',
    aws: certificateWith({
      RenewalSummary: { RenewalStatus: 'FAILED', RenewalStatusReason: 'CAA_ERROR' },
      DomainValidationOptions: VALIDATION,
    }),
    result: 'wrong',
    says: /CAA_ERROR/,
    fix: /troubleshooting-caa\.html$/,
  },
]);

/** A moment so many days from now: in these tests it is 2026-11-26. */
const inDays = (days: number) => ago(-24 * days);

test('question certificate-renewal: ACM, which renews 45 days before the end or earlier, is late four weeks before', async () => {
  expect(await askQuestion('certificate-renewal', certificateWith({ NotAfter: inDays(28) }))).toMatchObject({
    result: 'wrong',
    says: expect.stringMatching(/ends on 2026-12-24, and ACM has not renewed it/) as string,
  });
});

/** The environment at its domain: prooflink.example.com, a name in the zone of example.com. */
const withDomain = environmentWith({ config: { loadBalancer: prod.loadBalancer } });

/** Answers of ELB on the load balancer, and of Route 53 on the only record of the zone, an alias to a DNS name. */
const aliasRecord = (recordName: string, DNSName: string) => ({
  DescribeLoadBalancers: { LoadBalancers: [{ DNSName: 'Own.elb.amazonaws.com' }] },
  ListResourceRecordSets: { ResourceRecordSets: [{ Name: recordName, Type: 'A', AliasTarget: { DNSName } }] },
});

/** The same, but the record is a CNAME, which sorts behind an A record of the same name. */
const cnameRecord = (Value: string) => ({
  ...aliasRecord('', ''),
  ListResourceRecordSets: {
    ResourceRecordSets: [{ Name: 'prooflink.example.com.', Type: 'CNAME', ResourceRecords: [{ Value }] }],
  },
});

describeAnswers('alias', [
  {
    title:
      'a CNAME record that leads elsewhere is deleted with the command that makes the alias: Route 53 takes no A beside it',
    aws: cnameRecord('old.elb.amazonaws.com'),
    environment: withDomain,
    result: 'wrong',
    says: 'prooflink.example.com leads to old.elb.amazonaws.com, and the load balancer is Own.elb.amazonaws.com.',
    fix: /"Action":"DELETE".*"Type":"CNAME".*"Action":"UPSERT".*"Type":"A"/,
  },
]);

/** Asks about the delegation while public DNS answers with name servers, or with an error. The zone has ns-1.awsdns.org. */
async function askDelegation(publicAnswer: string[] | Error) {
  const resolver = jest.spyOn(Resolver.prototype, 'resolveNs').mockImplementation(() => {
    return publicAnswer instanceof Error ? Promise.reject(publicAnswer) : Promise.resolve(publicAnswer);
  });
  const hostedZone = { GetHostedZone: { DelegationSet: { NameServers: ['ns-1.awsdns.org'] } } };
  return await askQuestion('delegation', hostedZone, withDomain).finally(() => {
    resolver.mockRestore();
  });
}

describe('question delegation', () => {
  it('a domain that is delegated to another zone is a fault: users and ACM see no record of this one', async () => {
    expect(await askDelegation(['ns-1.other.example'])).toEqual({
      result: 'wrong',
      says: 'The internet asks ns-1.other.example about example.com, and not the zone Z0123456789EXAMPLE00.',
      fix:
        'at the registrar, the name servers ns-1.awsdns.org; ' +
        'or, if another zone answers, loadBalancer.domain.hostedZoneId in lib/config/prod.ts',
    });
  });

  it('a domain that does not exist is a fault: users do not find the application', async () => {
    expect(await askDelegation(new Error('queryNs ENOTFOUND'))).toMatchObject({
      result: 'wrong',
      says: expect.stringContaining('asks nobody about example.com') as string,
    });
  });

  it('a resolver that does not answer in time is no fault of the domain: the question could not be asked', async () => {
    await expect(askDelegation(new Error('queryNs ETIMEOUT'))).rejects.toThrow('ETIMEOUT');
  });
});
