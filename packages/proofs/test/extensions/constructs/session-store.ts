import { type ISecurityGroup, type ISubnet, type IVpc, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { CfnServerlessCache, CfnUser, CfnUserGroup } from 'aws-cdk-lib/aws-elasticache';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { ResourceNames } from '../../../../../lib/config/names';
import type { ContainerRoles } from '../../../../../lib/constructs/container-roles';

export interface SessionStoreProps {
  readonly names: ResourceNames;
  readonly vpc: IVpc;
  /** The private subnets. */
  readonly subnets: ISubnet[];
  /** Security group of the web tasks. */
  readonly clients: ISecurityGroup;
}

/** Sessions of users in ElastiCache for Valkey, which only the web tasks reach; they sign in with their task role. */
export class SessionStore extends Construct {
  /** Host and port. */
  public readonly address: string;
  private readonly connectable: readonly string[];

  constructor(scope: Construct, id: string, props: SessionStoreProps) {
    super(scope, id);
    const securityGroup = new SecurityGroup(this, 'SecurityGroup', {
      vpc: props.vpc,
      description: 'Security group for the session store',
      allowAllOutbound: false,
    });
    securityGroup.addIngressRule(props.clients, Port.tcpRange(6379, 6380), 'Only from ECS');

    const name = `${props.names.prefix}-sessions`;
    // ElastiCache asks for the same name and id of a user that signs in by IAM.
    const user = new CfnUser(this, 'User', {
      engine: 'valkey',
      userId: name,
      userName: name,
      accessString: 'on ~* +@all',
      authenticationMode: { Type: 'iam' },
    });
    const users = new CfnUserGroup(this, 'Users', { engine: 'valkey', userGroupId: name, userIds: [user.ref] });
    const cache = new CfnServerlessCache(this, 'Cache', {
      engine: 'valkey',
      serverlessCacheName: name,
      subnetIds: props.subnets.map(({ subnetId }) => subnetId),
      securityGroupIds: [securityGroup.securityGroupId],
      userGroupId: users.ref,
    });
    this.address = `${cache.attrEndpointAddress}:${cache.attrEndpointPort}`;
    this.connectable = [cache.attrArn, user.attrArn];
  }

  /** Lets a container open connections. */
  public grantConnect(roles: ContainerRoles): void {
    roles.addToTaskPolicy(
      new PolicyStatement({ sid: 'KeepSessions', actions: ['elasticache:Connect'], resources: [...this.connectable] }),
    );
  }
}
