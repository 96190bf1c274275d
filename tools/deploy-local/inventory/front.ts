import { ACMClient, DescribeCertificateCommand } from '@aws-sdk/client-acm';
import {
  type Action,
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
  type Listener,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { ListResourceRecordSetsCommand, Route53Client } from '@aws-sdk/client-route-53';
import type { ResourceNames } from '../../../lib/config/names';
import type { HostedZoneConfig } from '../../local-aws';
import type { Section } from '../table';
import { only, tail } from './ask';

/** The load balancer, and the certificate and the record of a domain. */
export async function front(names: ResourceNames, zones: readonly HostedZoneConfig[]): Promise<Section[]> {
  const elb = new ElasticLoadBalancingV2Client({});
  const wanted = new DescribeLoadBalancersCommand({ Names: [names.loadBalancer] });
  const balancer = only((await elb.send(wanted)).LoadBalancers, 'load balancer');
  const { LoadBalancerArn } = balancer;
  const { Listeners = [] } = await elb.send(new DescribeListenersCommand({ LoadBalancerArn }));
  const target = new DescribeTargetGroupsCommand({ Names: [names.targetGroup] });
  const group = only((await elb.send(target)).TargetGroups, 'target group');
  const counts = `healthy after ${group.HealthyThresholdCount ?? 0}, unhealthy after ${group.UnhealthyThresholdCount ?? 0}`;
  return [
    {
      title: 'Load balancer',
      rows: [
        [names.loadBalancer, `${balancer.Scheme ?? ''}, ${balancer.AvailabilityZones?.length ?? 0} zones`],
        ['DNS name', balancer.DNSName ?? ''],
        ...Listeners.map((listener): [string, string] => [
          `${listener.Protocol ?? ''} ${listener.Port ?? ''}`,
          `${(listener.DefaultActions ?? []).map(actionOf).join(', ')}${policyOf(listener)}`,
        ]),
        [names.targetGroup, `${group.Protocol ?? ''} ${group.Port ?? ''}, target type ${group.TargetType ?? ''}`],
        [
          'health check',
          `${group.HealthCheckPath ?? ''} answers ${group.Matcher?.HttpCode ?? ''}, every ` +
            `${group.HealthCheckIntervalSeconds ?? 0} s, timeout ${group.HealthCheckTimeoutSeconds ?? 0} s, ${counts}`,
        ],
      ],
    },
    ...(await domain(Listeners, zones)),
  ];
}

function actionOf({ Type, RedirectConfig, TargetGroupArn }: Action): string {
  if (Type !== 'redirect') return `${Type ?? ''} to ${TargetGroupArn?.split('/')[1] ?? ''}`;
  return `redirect to ${RedirectConfig?.Protocol ?? ''} ${RedirectConfig?.Port ?? ''} (${RedirectConfig?.StatusCode ?? ''})`;
}

function policyOf({ Protocol, SslPolicy }: Listener): string {
  return Protocol === 'HTTPS' ? `; ${SslPolicy ?? 'no TLS policy'}` : '';
}

async function domain(listeners: readonly Listener[], zones: readonly HostedZoneConfig[]): Promise<Section[]> {
  const arns = listeners.flatMap(({ Certificates = [] }) => Certificates.map(({ CertificateArn }) => CertificateArn));
  const acm = new ACMClient({});
  const certificates = arns.map(async (CertificateArn): Promise<[string, string]> => {
    const { Certificate: it } = await acm.send(new DescribeCertificateCommand({ CertificateArn }));
    return [`certificate ${tail(CertificateArn).slice(0, 8)}`, `${it?.DomainName ?? ''}, ${it?.Status ?? ''}`];
  });
  const route53 = new Route53Client({});
  const records = zones.map(async ({ id }): Promise<[string, string][]> => {
    const { ResourceRecordSets = [] } = await route53.send(new ListResourceRecordSetsCommand({ HostedZoneId: id }));
    const aliases = ResourceRecordSets.filter(({ AliasTarget }) => AliasTarget);
    return aliases.map(({ Name, Type, AliasTarget }) => [
      `${Type ?? ''} record`,
      `${Name ?? ''} is ${AliasTarget?.DNSName ?? ''}`,
    ]);
  });
  const rows = [...(await Promise.all(certificates)), ...(await Promise.all(records)).flat()];
  return rows.length > 0 ? [{ title: 'Domain', rows }] : [];
}
