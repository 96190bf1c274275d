import { Batch } from '@aws-sdk/client-batch';
import { ECS } from '@aws-sdk/client-ecs';
import { IAM } from '@aws-sdk/client-iam';
import { Account, type Resources } from './support/account';
import { allowing, awsCall, databaseIn, functionWith, logGroup } from './support/resources';

let account: Account;

afterEach(() => account.aws.stop());

const cluster: Resources = { Cluster: { Type: 'AWS::ECS::Cluster', Properties: { ClusterName: 'cluster' } } };

const createRole = (AWSServiceName: string) => new IAM(account.client).createServiceLinkedRole({ AWSServiceName });

async function linkedRoles(): Promise<(string | undefined)[]> {
  const { Roles = [] } = await new IAM(account.client).listRoles({ PathPrefix: '/aws-service-role/' });
  return Roles.map(({ RoleName }) => RoleName).sort();
}

describe('a new account', () => {
  it('has no service-linked roles: ECS, RDS and Batch fail while theirs are new', async () => {
    account = await Account.open();
    expect(await linkedRoles()).toEqual([]);

    const Policies = [{ PolicyName: 'iam', PolicyDocument: allowing('iam:CreateServiceLinkedRole') }];
    const Made = awsCall('iam', 'CreateServiceLinkedRole', { AWSServiceName: 'ecs.amazonaws.com' });
    // Parallel resources do not advance the clock.
    const others = Object.fromEntries(
      Array.from({ length: 20 }, (_, index) => [`Log${index}`, logGroup(`log${index}`)]),
    );
    const Cluster = { ...(cluster['Cluster'] as Resources), DependsOn: 'Made' };
    expect(await account.create('cluster', { ...functionWith({ Policies }), Made, ...others, Cluster })).toBe(
      'ROLLBACK_COMPLETE',
    );
    expect((await account.failures('cluster'))['Cluster']).toContain(
      'Unable to assume the service linked role. Please verify that the ECS service linked role exists.',
    );
    expect(await linkedRoles()).toEqual(['AWSServiceRoleForECS']);
    expect(await account.create('cluster-again', cluster)).toBe('CREATE_COMPLETE');

    const { Vpc, SubnetA, SubnetC, Group, Database } = databaseIn('database', { DBSubnetGroupName: undefined });
    expect(await account.create('database', { Vpc, Group, Database })).toBe('ROLLBACK_COMPLETE');
    expect((await account.failures('database'))['Database']).toContain('Verify that you have permission to create');

    const Balancer = {
      Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
      Properties: { Scheme: 'internal', Subnets: [{ Ref: 'SubnetA' }, { Ref: 'SubnetC' }] },
    };
    expect(await account.create('balancer', { Vpc, SubnetA, SubnetC, Balancer })).toBe('CREATE_COMPLETE');
    expect(await linkedRoles()).toContain('AWSServiceRoleForElasticLoadBalancing');
  });

  it('refuses to use a new service-linked role, until 30 seconds have passed', async () => {
    account = await Account.open();
    const [ecs, batch] = [new ECS(account.client), new Batch(account.client)];
    const makeCluster = () => ecs.createCluster({ clusterName: 'by-hand' });
    const makeEnvironment = () => batch.createComputeEnvironment({ computeEnvironmentName: 'jobs', type: 'UNMANAGED' });

    await createRole('ecs.amazonaws.com');
    await expect(makeCluster()).rejects.toThrow('Unable to assume');
    await expect(makeEnvironment()).rejects.toThrow('Please verify that the ECS service linked role exists');
    account.aws.wait(30);
    await makeCluster();
    await expect(makeEnvironment()).rejects.toThrow('Not authorized to perform sts:AssumeRole');
    account.aws.wait(30);
    await makeEnvironment();

    await createRole('rds.amazonaws.com');
    expect(await account.create('soon', databaseIn('soon', {}))).toBe('ROLLBACK_COMPLETE');
    expect((await account.failures('soon'))['SubnetGroup']).toContain('Missing necessary credentials');
    expect(await account.create('later', databaseIn('later', {}))).toBe('CREATE_COMPLETE');
  });
});

describe('an account that was used before', () => {
  it('has the roles, and refuses to create one again', async () => {
    account = await Account.open({ usedBefore: true });
    expect(await linkedRoles()).toEqual([
      'AWSServiceRoleForApplicationAutoScaling_ECSService',
      'AWSServiceRoleForBatch',
      'AWSServiceRoleForECS',
      'AWSServiceRoleForElasticLoadBalancing',
      'AWSServiceRoleForRDS',
    ]);
    await expect(createRole('ecs.amazonaws.com')).rejects.toMatchObject({
      name: 'InvalidInputException',
      message: expect.stringContaining('AWSServiceRoleForECS has been taken in this account') as string,
    });
    expect(await account.create('cluster', cluster)).toBe('CREATE_COMPLETE');
  });
});
