import { Budgets } from '@aws-sdk/client-budgets';
import { EC2 } from '@aws-sdk/client-ec2';
import { usage } from '../../../../lib/config/usage';
import { readAll } from '../../../deployed/aws';
import type { Environment } from '../../../deployed/environment';
import { type Answer, lookAnswer, wrongAnswer } from '../answer';
import { hasResource, type Question } from '../question';
import { configuredTaskCount, scaleCommand } from './web-task-count';

const BUDGET = 'AWS::Budgets::Budget';
/** Days whose transfer is compared with the assumption. */
const TRANSFER_DAYS = 30;
/** A busy month is no fault: only a multiple of the assumed transfer is reported. */
const TRANSFER_FACTOR = 2;
const SECONDS_OF_DAY = 24 * 3_600;
const BYTES_OF_GIBIBYTE = 1024 ** 3;

/** Costs beyond the config's (guide 6.4). They stop no work, so these questions come last. */
export const COST_QUESTIONS: readonly Question[] = [
  {
    id: 'budget',
    statement: 'The account’s month stays in its budget',
    depth: 'cause',
    applies: hasResource(BUDGET),
    ask: checkBudget,
  },
  {
    id: 'nat-gateway',
    statement: 'There is no NAT gateway',
    depth: 'cause',
    ask: checkNatGateways,
  },
  {
    id: 'too-many-tasks',
    statement: 'There are no more web tasks than wanted',
    depth: 'cause',
    ask: checkTaskCount,
  },
  {
    id: 'transfer',
    statement: 'The transfer is as assumed',
    depth: 'cause',
    ask: checkTransfer,
  },
];

/** AWS updates the amounts up to three times a day. */
async function checkBudget(environment: Environment): Promise<Answer | undefined> {
  const { Budget } = await environment.client(Budgets).describeBudget({
    AccountId: environment.account,
    BudgetName: environment.physicalId(BUDGET),
  });
  const limit = Number(Budget?.BudgetLimit?.Amount ?? 0);
  const actual = Number(Budget?.CalculatedSpend?.ActualSpend?.Amount ?? 0);
  const forecast = Number(Budget?.CalculatedSpend?.ForecastedSpend?.Amount ?? 0);

  const spent = `USD ${actual} of ${limit} are spent this month`;
  const fix = `Cost Explorer, by service, beside ${environment.prooflinkCommand('cost')}`;
  if (actual > limit) return wrongAnswer(`${spent}.`, fix);
  if (forecast > limit) return lookAnswer(`${spent}, and ${forecast} are forecast.`, fix);
  return undefined;
}

async function checkNatGateways(environment: Environment): Promise<Answer | undefined> {
  const ofVpc = { Name: 'vpc-id', Values: [environment.physicalId('AWS::EC2::VPC')] };
  const existing = { Name: 'state', Values: ['pending', 'available'] };
  const pages = environment.client(EC2).paginateDescribeNatGateways({ Filter: [ofVpc, existing] });
  const gateways = await readAll(pages, 'NatGateways');
  const gateway = gateways[0];
  if (!gateway) return undefined;
  const { NatGatewayId = '' } = gateway;
  return wrongAnswer(
    `The NAT gateway ${NatGatewayId} was made by hand: nothing needs it, and it costs by the hour.`,
    environment.awsCommand('ec2 delete-nat-gateway', `--nat-gateway-id ${NatGatewayId}`),
  );
}

async function checkTaskCount(environment: Environment): Promise<Answer | undefined> {
  const { desiredCount = 0, serviceName = '' } = await environment.describeService();
  const { maximum } = configuredTaskCount(environment.config);
  if (desiredCount <= maximum) return undefined;
  return wrongAnswer(
    `${serviceName} wants ${desiredCount} web tasks, not ${maximum}.`,
    scaleCommand(environment, maximum),
  );
}

async function checkTransfer(environment: Environment): Promise<Answer | undefined> {
  const assumed = usage[environment.environmentName]?.dataOut.toGibibytes();
  if (assumed === undefined) return undefined;
  const transferred = await readTransfer(environment);
  if (transferred <= assumed * TRANSFER_FACTOR) return undefined;
  return wrongAnswer(
    `${Math.round(transferred)} GiB went through the load balancer in ${TRANSFER_DAYS} days, ` +
      `and ${assumed} GiB are assumed.`,
    'a CDN such as CloudFront before it, if users load that much; and dataOut in lib/config/usage.ts',
  );
}

/** GiB through the load balancer, in both directions: never less than what users download. */
async function readTransfer(environment: Environment): Promise<number> {
  const loadBalancerArn = environment.physicalId('AWS::ElasticLoadBalancingV2::LoadBalancer');
  const dailyBytes = await environment.metricValues(TRANSFER_DAYS * 24, {
    Namespace: 'AWS/ApplicationELB',
    MetricName: 'ProcessedBytes',
    Dimensions: [{ Name: 'LoadBalancer', Value: loadBalancerArn.split('loadbalancer/')[1] }],
    Stat: 'Sum',
    Period: SECONDS_OF_DAY,
  });
  const bytes = dailyBytes.reduce((sum, bytesOfDay) => sum + bytesOfDay, 0);
  return bytes / BYTES_OF_GIBIBYTE;
}
