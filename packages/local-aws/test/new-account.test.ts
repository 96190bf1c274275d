import { Batch } from '@aws-sdk/client-batch';
import { ECS } from '@aws-sdk/client-ecs';
import { IAM } from '@aws-sdk/client-iam';
import { Account, type Resources } from './support/account';
import { logGroup } from './support/log-groups';
import { allowing, awsCall, databaseIn, functionWith } from './support/resources';

const account = Account.shared();
const iam = new IAM(account.client);

const cluster = (ClusterName: string, DependsOn: string[] = []): Resources => ({
  Cluster: { Type: 'AWS::ECS::Cluster', Properties: { ClusterName }, DependsOn },
});
const createRole = (AWSServiceName: string) => iam.createServiceLinkedRole({ AWSServiceName });

async function linkedRoles(): Promise<(string | undefined)[]> {
  const { Roles = [] } = await iam.listRoles({ PathPrefix: '/aws-service-role/' });
  return Roles.map(({ RoleName }) => RoleName).sort();
}

describe('a new account', () => {
  const ecs = new ECS(account.client);
  const batch = new Batch(account.client);

  it('has no service-linked roles: ECS fails while its role is new, also if a stack creates it', async () => {
    expect(await linkedRoles()).toEqual([]);
    const Policies = [{ PolicyName: 'iam', PolicyDocument: allowing('iam:CreateServiceLinkedRole') }];
    const Made = awsCall('iam', 'CreateServiceLinkedRole', { AWSServiceName: 'ecs.amazonaws.com' });
    // Parallel resources do not advance the clock.
    const others = Array.from({ length: 20 }, (_, index) => [`Log${index}`, logGroup(`log${index}`)] as const);
    const resources = {
      ...functionWith({ Policies }),
      Made,
      ...Object.fromEntries(others),
      ...cluster('cluster', ['Made']),
    };
    await account.refuses('create', 'cluster', resources, {
      Cluster: 'Unable to assume the service linked role. Please verify that the ECS service linked role exists.',
    });
    expect(await linkedRoles()).toEqual(['AWSServiceRoleForECS']);
    await account.deploy('cluster-again', cluster('cluster'));
  });

  it('lets a load balancer create its own, which is in force at once', async () => {
    const { Vpc, SubnetA, SubnetC } = databaseIn('balancer', {});
    const Balancer = {
      Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
      Properties: { Scheme: 'internal', Subnets: [{ Ref: 'SubnetA' }, { Ref: 'SubnetC' }] },
    };
    await account.deploy('balancer', { Vpc, SubnetA, SubnetC, Balancer });
    expect(await linkedRoles()).toContain('AWSServiceRoleForElasticLoadBalancing');
  });

  it('refuses to use a new role of Batch until 30 seconds have passed', async () => {
    const makeEnvironment = () => batch.createComputeEnvironment({ computeEnvironmentName: 'jobs', type: 'UNMANAGED' });
    await iam.deleteServiceLinkedRole({ RoleName: 'AWSServiceRoleForECS' });
    await createRole('ecs.amazonaws.com');
    await expect(ecs.createCluster({ clusterName: 'by-hand' })).rejects.toThrow('Unable to assume');
    await expect(makeEnvironment()).rejects.toThrow('Please verify that the ECS service linked role exists');
    account.aws.wait(30);
    await ecs.createCluster({ clusterName: 'by-hand' });
    await expect(makeEnvironment()).rejects.toThrow('Not authorized to perform sts:AssumeRole');
    account.aws.wait(30);
    await makeEnvironment();
  });

  it('fails a database and its subnet group while the role of RDS is new', async () => {
    const { Vpc, Group, Database } = databaseIn('alone', { DBSubnetGroupName: undefined });
    const permission = 'Verify that you have permission to create';
    await account.refuses('create', 'alone', { Vpc, Group, Database }, { Database: permission });
    await iam.deleteServiceLinkedRole({ RoleName: 'AWSServiceRoleForRDS' });
    await createRole('rds.amazonaws.com');
    const resources = databaseIn('soon', {});
    await account.refuses('create', 'soon', resources, { SubnetGroup: 'Missing necessary credentials' });
    await account.deploy('later', resources);
  });
});

describe('an account that was used before', () => {
  const used = Account.shared({ usedBefore: true });
  const itsIam = new IAM(used.client);

  it('has the roles, and refuses to create one again', async () => {
    const { Roles = [] } = await itsIam.listRoles({ PathPrefix: '/aws-service-role/' });
    expect(Roles.map(({ RoleName }) => RoleName).sort()).toEqual([
      'AWSServiceRoleForApplicationAutoScaling_ECSService',
      'AWSServiceRoleForBatch',
      'AWSServiceRoleForECS',
      'AWSServiceRoleForElasticLoadBalancing',
      'AWSServiceRoleForRDS',
    ]);
    const again = itsIam.createServiceLinkedRole({ AWSServiceName: 'ecs.amazonaws.com' });
    await expect(again).rejects.toMatchObject({
      name: 'InvalidInputException',
      message: expect.stringContaining('AWSServiceRoleForECS has been taken in this account') as string,
    });
    await used.deploy('cluster', cluster('cluster'));
  });
});
