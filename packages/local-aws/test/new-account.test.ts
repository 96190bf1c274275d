import { Batch } from '@aws-sdk/client-batch';
import { ECS } from '@aws-sdk/client-ecs';
import { IAM } from '@aws-sdk/client-iam';
import { Account, type Resources } from './support/account';
import { logGroup } from './support/log-groups';
import { awsCall, databaseIn, functionWith, roleAllowing } from './support/resources';

function cluster(name: string, dependsOn?: string): Resources {
  return { Type: 'AWS::ECS::Cluster', Properties: { ClusterName: name }, DependsOn: dependsOn };
}

/** Names of the service-linked roles of an account, in alphabetical order. */
async function serviceLinkedRoles(iam: IAM): Promise<(string | undefined)[]> {
  const { Roles = [] } = await iam.listRoles({ PathPrefix: '/aws-service-role/' });
  return Roles.map(({ RoleName }) => RoleName).sort();
}

describe('in a new account', () => {
  const account = Account.shared();
  const iam = new IAM(account.client);

  /** Deletes a service-linked role and creates it again: it is not in force for a while. */
  async function renewRole(roleName: string, service: string): Promise<void> {
    await iam.deleteServiceLinkedRole({ RoleName: roleName });
    await iam.createServiceLinkedRole({ AWSServiceName: service });
  }

  it('a cluster fails if its own stack has created the role of ECS, which is not in force at once', async () => {
    const resources: Resources = {
      ...functionWith(roleAllowing('iam:CreateServiceLinkedRole')),
      EcsRole: awsCall({
        client: 'iam',
        command: 'CreateServiceLinkedRole',
        parameters: { AWSServiceName: 'ecs.amazonaws.com' },
      }),
      Cluster: cluster('cluster', 'EcsRole'),
    };
    // Resources that are created meanwhile do not make the role older.
    for (let index = 0; index < 20; index += 1) {
      resources[`Log${index}`] = logGroup(`log${index}`);
    }
    await account.refusesCreation('cluster', resources, {
      Cluster: 'Unable to assume the service linked role. Please verify that the ECS service linked role exists.',
    });
    expect(await serviceLinkedRoles(iam)).toEqual(['AWSServiceRoleForECS']);
  });

  it('a compute environment needs the roles of ECS and of Batch, each in force 30 seconds after its creation', async () => {
    const ecs = new ECS(account.client);
    const batch = new Batch(account.client);
    const createEnvironment = () =>
      batch.createComputeEnvironment({ computeEnvironmentName: 'jobs', type: 'UNMANAGED' });
    await renewRole('AWSServiceRoleForECS', 'ecs.amazonaws.com');
    await expect(ecs.createCluster({ clusterName: 'by-hand' })).rejects.toThrow('Unable to assume');
    await expect(createEnvironment()).rejects.toThrow('Please verify that the ECS service linked role exists');
    account.aws.wait(30);
    await ecs.createCluster({ clusterName: 'by-hand' });
    await expect(createEnvironment()).rejects.toThrow('Not authorized to perform sts:AssumeRole');
    account.aws.wait(30);
    await createEnvironment();
  });

  it('a database fails if its creation creates the role of RDS, too', async () => {
    const { Vpc, Group, Database } = databaseIn('alone', { DBSubnetGroupName: undefined });
    await account.refusesCreation(
      'alone',
      { Vpc, Group, Database },
      { Database: 'Verify that you have permission to create' },
    );
  });

  it('a subnet group fails while the role of RDS is new, and not at the second attempt', async () => {
    await renewRole('AWSServiceRoleForRDS', 'rds.amazonaws.com');
    await account.refusesCreation('soon', databaseIn('soon'), { SubnetGroup: 'Missing necessary credentials' });
    await account.deploy('later', databaseIn('soon'));
  });
});
