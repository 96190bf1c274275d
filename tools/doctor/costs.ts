import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeNatGatewaysCommand, EC2Client } from '@aws-sdk/client-ec2';
import { isOn } from '../../lib/config/safeguard';
import { usage } from '../../lib/config/usage';
import { webService } from '../shared/web-service';
import type { Cause, Check } from './check';
import type { Facts } from './facts';

const DAYS = 30;
const DAY = 24 * 3_600;
/** A busy month is none: only what is far from the assumption is told. */
const TIMES = 2;

/** What costs more than the config says (guide 6.4). Nothing of it keeps anybody from working, so it is asked last. */
export function costChecks(facts: Facts): Check[] {
  return [
    { question: 'Is there no NAT gateway?', ask: () => natGateway(facts) },
    { question: 'Are there no more web tasks than wanted?', ask: () => tooManyTasks(facts) },
    { question: 'Is the database in as many zones as wanted?', ask: () => standby(facts) },
    { question: 'Is the transfer as assumed?', ask: () => transfer(facts) },
  ];
}

async function natGateway({ stack, id }: Facts): Promise<Cause | undefined> {
  const Filter = [
    { Name: 'vpc-id', Values: [id('AWS::EC2::VPC')] },
    { Name: 'state', Values: ['pending', 'available'] },
  ];
  const asked = new DescribeNatGatewaysCommand({ Filter });
  const { NatGateways = [] } = await new EC2Client(stack.clientConfig).send(asked);
  const [NatGateway] = NatGateways;
  if (!NatGateway) return undefined;
  const { NatGatewayId = '' } = NatGateway;
  const remove = `aws ec2 delete-nat-gateway --region ${stack.region} --nat-gateway-id ${NatGatewayId}`;
  return {
    says: `The NAT gateway ${NatGatewayId} was made by hand: nothing needs it, and it costs by the hour.`,
    mend: remove,
  };
}

async function tooManyTasks({ stack, config, service: ask }: Facts): Promise<Cause | undefined> {
  const { desiredCount = 0 } = await ask();
  const { tasks } = config.webService;
  const most = tasks.mode === 'fixed' ? tasks.desiredCount : tasks.maxCapacity;
  if (desiredCount <= most) return undefined;
  const { cluster, service } = webService(stack);
  const update = `aws ecs update-service --region ${stack.region} --cluster ${cluster} --service ${service}`;
  return {
    says: `${service} wants ${desiredCount} web tasks, not ${most}.`,
    mend: `${update} --desired-count ${most}`,
  };
}

async function standby({ config, database, redeploy }: Facts): Promise<Cause | undefined> {
  const { MultiAZ, DBInstanceIdentifier = '' } = await database();
  if (!MultiAZ || isOn(config.database.multiAz)) return undefined;
  return {
    says: `${DBInstanceIdentifier} has a standby in a second zone (Multi-AZ), which costs as much again.`,
    mend: redeploy,
  };
}

/** The load balancer counts both directions: what it counts is never less than what users download. */
async function transfer({ stack, now, loadBalancer }: Facts): Promise<Cause | undefined> {
  const assumed = usage[stack.environment]?.dataOut.toGibibytes();
  if (assumed === undefined) return undefined;
  const { LoadBalancerArn = '' } = await loadBalancer();
  const asked = new GetMetricStatisticsCommand({
    Namespace: 'AWS/ApplicationELB',
    MetricName: 'ProcessedBytes',
    Dimensions: [{ Name: 'LoadBalancer', Value: LoadBalancerArn.split('loadbalancer/')[1] ?? '' }],
    StartTime: new Date(now.getTime() - DAYS * DAY * 1000),
    EndTime: now,
    Period: DAY,
    Statistics: ['Sum'],
  });
  const { Datapoints = [] } = await new CloudWatchClient(stack.clientConfig).send(asked);
  const gibibytes = Datapoints.reduce((sum, { Sum = 0 }) => sum + Sum, 0) / 1024 ** 3;
  if (gibibytes <= assumed * TIMES) return undefined;
  return {
    says: `${Math.round(gibibytes)} GiB went through the load balancer in ${DAYS} days, and ${assumed} GiB are assumed.`,
    mend: 'a CDN such as CloudFront before it, if users load that much; and dataOut in lib/config/usage.ts',
  };
}
