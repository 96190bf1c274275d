import { assembly } from '../support/assembly';
import { Life } from './support/life';
import { live } from './support/live';
import { describeService } from './support/running';
import { sdk } from './support/sdk';
import { deploy, FIRST, push } from './support/steps';

const life = new Life('testlarge');
const app = ['--app', assembly];

async function zonesOf(ids: readonly (string | undefined)[] = []): Promise<(string | undefined)[]> {
  const { Subnets = [] } = await sdk.ec2.describeSubnets({ SubnetIds: ids.map((id) => id ?? '') });
  return Subnets.map(({ AvailabilityZone }) => AvailabilityZone).sort();
}

live(life, [
  {
    name: 'the first deploy of an environment ten times prod’s size succeeds',
    calls: [() => life.startPrepared({ run: false }), deploy('', '', ...app)],
    ...FIRST,
  },
  {
    name: 'the tag v1, pushed and deployed: as many tasks as the config says',
    calls: [push(life, 'v1'), deploy('v1', 'v1', ...app)],
    runs: { tag: 'v1' },
  },
  {
    name: 'load balancer, web tasks, import jobs and database are in three zones',
    calls: [],
    check: async () => {
      const { loadBalancer, dbInstance: DBInstanceIdentifier } = life.names;
      const [balancers, service, jobs, databases] = await Promise.all([
        sdk.elb.describeLoadBalancers({ Names: [loadBalancer] }),
        describeService(life),
        sdk.batch.describeComputeEnvironments({}),
        sdk.rds.describeDBInstances({ DBInstanceIdentifier }),
      ]);
      for (const subnets of [
        balancers.LoadBalancers?.[0]?.AvailabilityZones?.map(({ SubnetId }) => SubnetId),
        service.networkConfiguration?.awsvpcConfiguration?.subnets,
        jobs.computeEnvironments?.[0]?.computeResources?.subnets,
        databases.DBInstances?.[0]?.DBSubnetGroup?.Subnets?.map(({ SubnetIdentifier }) => SubnetIdentifier),
      ])
        expect(await zonesOf(subnets)).toEqual(life.config.network.availabilityZones);
    },
  },
]);
