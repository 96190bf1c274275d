import { type Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { ISecurityGroup, ISubnet, IVpc } from 'aws-cdk-lib/aws-ec2';
import {
  ApplicationLoadBalancer,
  ApplicationProtocol,
  ApplicationTargetGroup,
  HttpCodeElb,
  HttpCodeTarget,
  type IApplicationListener,
  type IApplicationLoadBalancer,
  ListenerAction,
  Protocol,
  TargetType,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Annotations, Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledge';
import type { LoadBalancerConfig } from '../config/sections/load-balancer';
import type { ResourceNames } from '../config/names';
import { inBothLanguages } from '../config/words';
import type { ImageTags } from '../image-tags';
import { Domain } from './domain';
import { Edge } from './edge';
import { APPLICATION_PORT, HEALTH_CHECK_PATH } from '../contract';

export interface LoadBalancerProps extends Omit<LoadBalancerConfig, 'allowedRanges' | 'firewall'> {
  readonly names: ResourceNames;
  readonly vpc: IVpc;
  readonly subnets: { readonly public: ISubnet[]; readonly private: ISubnet[] };
  readonly securityGroup: ISecurityGroup;
  readonly deletionProtection: boolean;
  readonly imageTags: ImageTags;
}

/** The load balancer closes connections that are idle for longer; AWS's own default. */
const IDLE_TIMEOUT = Duration.seconds(60);

/** The entrance: load balancer, target group and listeners, and the domain or CloudFront if there is one (guide 8 to 10). */
export class LoadBalancer extends Construct {
  public readonly alb: IApplicationLoadBalancer;
  public readonly targetGroup: ApplicationTargetGroup;
  /** The listener that serves the application: of HTTPS with a domain, of HTTP without one. */
  public readonly listener: IApplicationListener;
  /** The domain, where there is one. */
  public readonly domain: Domain | undefined;
  /** The URL of the application without a slash at its end (guide 7-3: NEXTAUTH_URL). */
  public readonly applicationUrl: string;
  /**
   * Targets keep idle connections for longer than the load balancer: it answers 502 to requests that it sends on a connection
   * that its target has just closed, and Node before 26 closes idle ones after 5 seconds.
   */
  public readonly targetKeepAlive = IDLE_TIMEOUT.plus(Duration.seconds(5));

  /**
   * Number of healthy and of unhealthy targets, of connections to targets that failed, and of 5xx responses of the load
   * balancer itself and of the application; seconds in which 95 % of the requests are answered. The 5xx of the load
   * balancer itself are of all target groups.
   */
  public readonly metrics: {
    readonly healthyTargets: Metric;
    readonly unhealthyTargets: Metric;
    readonly connectionErrors: Metric;
    readonly loadBalancer5xx: Metric;
    readonly application5xx: Metric;
    readonly responseTime: Metric;
  };

  constructor(scope: Construct, id: string, props: LoadBalancerProps) {
    super(scope, id);

    const internetFacing = props.edge === undefined;
    const loadBalancer = new ApplicationLoadBalancer(this, 'Resource', {
      loadBalancerName: props.names.loadBalancer,
      vpc: props.vpc,
      // CloudFront's prerequisites name a private subnet (CloudFront developer guide, "Restrict access with VPC origins").
      vpcSubnets: { subnets: internetFacing ? props.subnets.public : props.subnets.private },
      internetFacing,
      securityGroup: props.securityGroup,
      dropInvalidHeaderFields: true,
      idleTimeout: IDLE_TIMEOUT,
    });
    this.alb = loadBalancer;
    if (props.deletionProtection) {
      // Until there is a web image, the rollback of a first deploy that fails has to delete it.
      loadBalancer.setAttribute('deletion_protection.enabled', props.imageTags.withImage('true', 'false'));
    }
    acknowledge(loadBalancer, {
      'AwsSolutions-ELB2': 'Access logs need a bucket of their own, and the guide asks for none (9-2).',
    });
    const targetGroup = new ApplicationTargetGroup(this, 'TargetGroup', {
      targetGroupName: props.names.targetGroup,
      targetType: TargetType.IP,
      protocol: ApplicationProtocol.HTTP,
      port: APPLICATION_PORT,
      vpc: props.vpc,
      deregistrationDelay: props.deregistrationDelay,
      healthCheck: {
        protocol: Protocol.HTTP,
        path: HEALTH_CHECK_PATH,
        healthyThresholdCount: 2,
        unhealthyThresholdCount: 3,
        timeout: Duration.seconds(5),
        interval: Duration.seconds(30),
        healthyHttpCodes: '200',
      },
    });
    this.targetGroup = targetGroup;

    if (props.domain) {
      this.domain = new Domain(this, 'Domain', { ...props.domain, loadBalancer });
      this.applicationUrl = `https://${props.domain.domainName}`;
      this.listener = loadBalancer.addListener('Https', {
        protocol: ApplicationProtocol.HTTPS,
        port: 443,
        open: false,
        certificates: [this.domain.certificate],
        sslPolicy: props.domain.sslPolicy,
        defaultAction: ListenerAction.forward([targetGroup]),
      });
      loadBalancer.addListener('Http', {
        protocol: ApplicationProtocol.HTTP,
        port: 80,
        open: false,
        defaultAction: ListenerAction.redirect({ protocol: 'HTTPS', port: '443', permanent: true }),
      });
    } else {
      this.listener = loadBalancer.addListener('Http', {
        protocol: ApplicationProtocol.HTTP,
        port: 80,
        open: false,
        defaultAction: ListenerAction.forward([targetGroup]),
      });
      if (internetFacing) {
        this.applicationUrl = `http://${loadBalancer.loadBalancerDnsName}`;
      } else {
        const edge = new Edge(this, 'Edge', { loadBalancer, idleTimeout: IDLE_TIMEOUT });
        // CloudFront takes no origin of a VPC without an internet gateway.
        edge.node.addDependency(...props.subnets.public.map((subnet) => subnet.internetConnectivityEstablished));
        this.applicationUrl = edge.url;
      }
    }
    if (props.domain && !props.openPorts.includes(80)) {
      Annotations.of(this).addInfoV2(
        'prooflink:redirectUnreachable',
        inBothLanguages((words) => words.loadBalancer.redirectUnreachable),
      );
    }

    this.metrics = {
      healthyTargets: targetGroup.metrics.healthyHostCount({ statistic: Stats.MAXIMUM }),
      unhealthyTargets: targetGroup.metrics.unhealthyHostCount({ statistic: Stats.MAXIMUM }),
      connectionErrors: targetGroup.metrics.targetConnectionErrorCount(),
      loadBalancer5xx: loadBalancer.metrics.httpCodeElb(HttpCodeElb.ELB_5XX_COUNT),
      application5xx: targetGroup.metrics.httpCodeTarget(HttpCodeTarget.TARGET_5XX_COUNT),
      responseTime: targetGroup.metrics.targetResponseTime({ statistic: Stats.percentile(95) }),
    };
  }
}
