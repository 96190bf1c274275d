import { Certificate, CertificateValidation, type ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { IApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { ARecord, HostedZone, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { LoadBalancerTarget } from 'aws-cdk-lib/aws-route53-targets';
import { Construct } from 'constructs';
import type { DomainConfig } from '../config/sections/load-balancer';

export interface DomainProps extends Omit<DomainConfig, 'sslPolicy'> {
  readonly loadBalancer: IApplicationLoadBalancer;
}

/** The application's public name: a certificate proved through DNS (guide 8) and the alias record (guide 10). */
export class Domain extends Construct {
  public readonly certificate: ICertificate;

  constructor(scope: Construct, id: string, props: DomainProps) {
    super(scope, id);

    // Given by id, not looked up: a synth needs no credentials.
    const zone = HostedZone.fromHostedZoneAttributes(this, 'Zone', {
      hostedZoneId: props.hostedZoneId,
      zoneName: props.hostedZoneName,
    });
    this.certificate = new Certificate(this, 'Certificate', {
      domainName: props.domainName,
      validation: CertificateValidation.fromDns(zone),
    });
    new ARecord(this, 'Alias', {
      zone,
      recordName: `${props.domainName}.`,
      target: RecordTarget.fromAlias(new LoadBalancerTarget(props.loadBalancer)),
    });
  }
}
