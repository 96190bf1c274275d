import { type CfnSecurityGroup, type ISecurityGroup, type IVpc, Peer, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledge';
import type { LoadBalancerConfig } from '../config/sections/load-balancer';
import type { ResourceNames } from '../config/names';
import { APPLICATION_PORT, DATABASE_PORT } from '../contract';

export interface SecurityGroupsProps extends Pick<LoadBalancerConfig, 'openPorts' | 'allowedRanges'> {
  readonly names: ResourceNames;
  readonly vpc: IVpc;
  /** Prefix list of CloudFront's addresses, where CloudFront alone reaches the load balancer. */
  readonly originFacing: string | undefined;
  /** True if import jobs exist; otherwise only the web tasks reach the database. */
  readonly userImport: boolean;
}

/**
 * The four security groups with the guide's rules and no others (guide 2-1 to 2-3, 12-2, 12-3). AWS takes
 * only ASCII in descriptions, so the guide's Japanese ones are in English here.
 */
export class SecurityGroups extends Construct {
  public readonly alb: ISecurityGroup;
  public readonly ecs: ISecurityGroup;
  public readonly rds: ISecurityGroup;
  /** `undefined` without a user import. */
  public readonly batch: ISecurityGroup | undefined;

  constructor(scope: Construct, id: string, props: SecurityGroupsProps) {
    super(scope, id);
    const { securityGroups: names } = props.names;

    const alb = new SecurityGroup(this, 'Alb', {
      vpc: props.vpc,
      securityGroupName: names.alb,
      description: 'Security group for ALB',
    });
    describeOutbound(alb, 'Allow all outbound');
    if (props.originFacing !== undefined) {
      alb.addIngressRule(Peer.prefixList(props.originFacing), Port.tcp(80), 'HTTP from CloudFront');
    } else {
      for (const port of props.openPorts) {
        for (const range of props.allowedRanges) {
          alb.addIngressRule(Peer.ipv4(range), Port.tcp(port), port === 443 ? 'HTTPS' : 'HTTP');
        }
      }
    }
    acknowledge(alb, {
      'AwsSolutions-EC23':
        'The load balancer is the public entrance (guide 2-1); nothing else is open to the internet.',
    });

    const ecs = new SecurityGroup(this, 'Ecs', {
      vpc: props.vpc,
      securityGroupName: names.ecs,
      description: 'Security group for ECS tasks',
    });
    describeOutbound(ecs, 'External APIs and ECR pulls');
    ecs.addIngressRule(alb, Port.tcp(APPLICATION_PORT), 'Only from the ALB');

    const rds = new SecurityGroup(this, 'Rds', {
      vpc: props.vpc,
      securityGroupName: names.rds,
      description: 'Security group for RDS PostgreSQL',
    });
    describeOutbound(rds, 'Allow all outbound');
    rds.addIngressRule(ecs, Port.tcp(DATABASE_PORT), 'Only from ECS');

    if (props.userImport) {
      const batch = new SecurityGroup(this, 'Batch', {
        vpc: props.vpc,
        securityGroupName: names.batch,
        description: 'Security group for AWS Batch',
      });
      describeOutbound(batch, 'ECR pulls, S3 access and external APIs');
      rds.addIngressRule(batch, Port.tcp(DATABASE_PORT), 'From Batch');
      this.batch = batch;
    }

    this.alb = alb;
    this.ecs = ecs;
    this.rds = rds;
  }
}

/** The L2 writes a description of its own on the one outbound rule and has no property for it. */
function describeOutbound(group: SecurityGroup, description: string): void {
  (group.node.defaultChild as CfnSecurityGroup).addPropertyOverride('SecurityGroupEgress.0.Description', description);
}
