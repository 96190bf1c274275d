import { BatchClient, DescribeComputeEnvironmentsCommand } from '@aws-sdk/client-batch';
import { DescribeSubnetsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { DescribeServicesCommand, ECSClient } from '@aws-sdk/client-ecs';
import { DescribeLoadBalancersCommand, ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { DescribeDBInstancesCommand, RDSClient } from '@aws-sdk/client-rds';
import { assembly } from '../support/assembly';
import { Life } from './support/life';
import type { Listing } from './support/listing';
import { asked, running } from './support/running';
import { begin, expectFirstDeploy, push, release } from './support/steps';

const life = new Life('testlarge');
const account: { baseline: Listing } = { baseline: {} };

begin(life, account);

test('the first deploy of an environment ten times prod’s size stands', async () => {
  await life.deploy(assembly);
  await expectFirstDeploy(life);
});

test('the tag v1, pushed and deployed: as many tasks as the config says', async () => {
  await push(life, 'v1');
  await life.deploy(assembly, release('v1'));
  expect(await running(life)).toEqual(asked(life.config, 'v1'));
});

test('load balancer, web tasks, import jobs and database stand in three zones', async () => {
  const { names } = life;
  const services = { cluster: names.cluster, services: [names.service] };
  const [balancers, service, jobs, databases] = await Promise.all([
    new ElasticLoadBalancingV2Client({}).send(new DescribeLoadBalancersCommand({ Names: [names.loadBalancer] })),
    new ECSClient({}).send(new DescribeServicesCommand(services)),
    new BatchClient({}).send(new DescribeComputeEnvironmentsCommand({})),
    new RDSClient({}).send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: names.dbInstance })),
  ]);
  const subnets = [
    balancers.LoadBalancers?.[0]?.AvailabilityZones?.map(({ SubnetId }) => SubnetId),
    service.services?.[0]?.networkConfiguration?.awsvpcConfiguration?.subnets,
    jobs.computeEnvironments?.[0]?.computeResources?.subnets,
    databases.DBInstances?.[0]?.DBSubnetGroup?.Subnets?.map(({ SubnetIdentifier }) => SubnetIdentifier),
  ];
  for (const ids of subnets) expect(await zonesOf(ids)).toEqual(life.config.network.availabilityZones);
});

async function zonesOf(ids: readonly (string | undefined)[] = []): Promise<(string | undefined)[]> {
  const SubnetIds = ids.map((id) => id ?? '');
  const { Subnets = [] } = await new EC2Client({}).send(new DescribeSubnetsCommand({ SubnetIds }));
  return Subnets.map(({ AvailabilityZone }) => AvailabilityZone).sort();
}
