import { GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { paginateDescribeNatGateways } from '@aws-sdk/client-ec2';
import { isOn } from '../../lib/config/safeguard';
import { usage } from '../../lib/config/usage';
import { itemsOf } from '../shared/aws';
import { cause, type Check, type Found } from './check';
import type { Facts } from './facts';
import { scaleTo } from './web-tasks';

const DAYS = 30;
const DAY = 24 * 3_600;
/** A busy month is none: only what is far from the assumption is told. */
const TIMES = 2;

/** What costs more than the config says (guide 6.4). Nothing of it keeps anybody from working, so it is asked last. */
export function costChecks(facts: Facts): Check[] {
  return [
    ['Is there no NAT gateway?', () => natGateway(facts)],
    ['Are there no more web tasks than wanted?', () => tooManyTasks(facts)],
    ['Is the database in as many zones as wanted?', () => standby(facts)],
    ['Is the transfer as assumed?', () => transfer(facts)],
  ];
}

async function natGateway({ aws, ec2: client, id }: Facts): Found {
  const here = { Name: 'vpc-id', Values: [id('AWS::EC2::VPC')] };
  const alive = { Name: 'state', Values: ['pending', 'available'] };
  const wanted = paginateDescribeNatGateways({ client }, { Filter: [here, alive] });
  const [found] = await itemsOf(wanted, (page) => page.NatGateways);
  if (!found) return undefined;
  const { NatGatewayId: gateway = '' } = found;
  return cause(
    `The NAT gateway ${gateway} was made by hand: nothing needs it, and it costs by the hour.`,
    aws('ec2 delete-nat-gateway', `--nat-gateway-id ${gateway}`),
  );
}

async function tooManyTasks(facts: Facts): Found {
  const { desiredCount = 0, serviceName = '' } = await facts.service();
  const { tasks } = facts.config.webService;
  const most = tasks.mode === 'fixed' ? tasks.desiredCount : tasks.maxCapacity;
  if (desiredCount <= most) return undefined;
  return cause(`${serviceName} wants ${desiredCount} web tasks, not ${most}.`, scaleTo(most, facts));
}

async function standby({ config, database, redeploy }: Facts): Found {
  const { MultiAZ, DBInstanceIdentifier: name = '' } = await database();
  if (!MultiAZ || isOn(config.database.multiAz)) return undefined;
  return cause(`${name} has a standby in a second zone (Multi-AZ), which costs as much again.`, redeploy);
}

/** The load balancer counts both directions: never less than what users download. */
async function transfer({ cloudWatch, id, now, stack }: Facts): Found {
  const assumed = usage[stack.environment]?.dataOut.toGibibytes();
  if (assumed === undefined) return undefined;
  const Value = id('AWS::ElasticLoadBalancingV2::LoadBalancer').split('loadbalancer/')[1];
  const { Datapoints = [] } = await cloudWatch.send(
    new GetMetricStatisticsCommand({
      Namespace: 'AWS/ApplicationELB',
      MetricName: 'ProcessedBytes',
      Dimensions: [{ Name: 'LoadBalancer', Value }],
      StartTime: new Date(now.getTime() - DAYS * DAY * 1000),
      EndTime: now,
      Period: DAY,
      Statistics: ['Sum'],
    }),
  );
  const gibibytes = Datapoints.reduce((sum, { Sum = 0 }) => sum + Sum, 0) / 1024 ** 3;
  if (gibibytes <= assumed * TIMES) return undefined;
  return cause(
    `${Math.round(gibibytes)} GiB went through the load balancer in ${DAYS} days, and ${assumed} GiB are assumed.`,
    'a CDN such as CloudFront before it, if users load that much; and dataOut in lib/config/usage.ts',
  );
}
