import { Budgets } from '@aws-sdk/client-budgets';
import { EC2 } from '@aws-sdk/client-ec2';
import { usage } from '@infra/cost/usage';
import { Part } from '@infra/commands/app';
import { readAll } from '@infra/operate/deployed/pages';
import type { Environment } from '@infra/operate/deployed/environment';
import { awsCommand, prooflinkCommand } from '@infra/operate/deployed/printed-commands';
import { accountOf, physicalIdOf } from '@infra/operate/deployed/deployed-stack';
import { loadBalancerSum } from '@infra/operate/deployed/metrics';
import { describeService } from '@infra/operate/deployed/web-service';
import { type Answer, NOTHING_WRONG, personMustLook, wrongAnswer } from '../answer';
import { isConfiguredOrDeployed, type Question } from '../question';
import { words } from './words';
import { configuredTaskCount, scaleCommand } from '@infra/operate/deployed/web-task-count';

/** Questions on costs that the config does not ask for (guide 6.4). */
export const COST_QUESTIONS: readonly Question[] = [
  {
    id: 'budget',
    statement: words.statements.budget,
    part: Part.budget,
    firstAskedBy: 'doctor',
    applies: isConfiguredOrDeployed(Part.budget, ({ budget }) => budget !== undefined),
    ask: checkBudget,
  },
  {
    id: 'nat-gateway',
    statement: words.statements.natGateway,
    firstAskedBy: 'doctor',
    ask: checkNatGateways,
  },
  {
    id: 'too-many-tasks',
    statement: words.statements.tooManyTasks,
    firstAskedBy: 'doctor',
    ask: checkTaskCount,
  },
  {
    id: 'transfer',
    statement: words.statements.transfer,
    firstAskedBy: 'doctor',
    ask: checkTransfer,
  },
];

/** Compares the amounts of the month in US dollars, which AWS updates up to three times a day. */
async function checkBudget(environment: Environment): Promise<Answer> {
  const { Budget } = await environment.client(Budgets).describeBudget({
    AccountId: accountOf(environment),
    BudgetName: physicalIdOf(environment, Part.budget),
  });
  const limit = Number(Budget?.BudgetLimit?.Amount ?? 0);
  const actual = Number(Budget?.CalculatedSpend?.ActualSpend?.Amount ?? 0);
  const forecast = Number(Budget?.CalculatedSpend?.ForecastedSpend?.Amount ?? 0);

  const fix = words.costs.compareCosts({ costCommand: prooflinkCommand(environment.environmentName, 'cost') });
  const says = words.costs.spent({ actual, limit, forecast });
  if (actual > limit) return wrongAnswer({ says, fix });
  return forecast > limit ? personMustLook({ says, fix }) : NOTHING_WRONG;
}

/** Looks for a NAT gateway in the VPC. The stack has none, since its tasks have public addresses. */
async function checkNatGateways(environment: Environment): Promise<Answer> {
  const vpcFilter = { Name: 'vpc-id', Values: [physicalIdOf(environment, Part.vpc)] };
  const stateFilter = { Name: 'state', Values: ['pending', 'available'] };
  const pages = environment.client(EC2).paginateDescribeNatGateways({ Filter: [vpcFilter, stateFilter] });
  const gateways = await readAll(pages, 'NatGateways');
  const gateway = gateways[0];
  if (!gateway) return NOTHING_WRONG;
  const { NatGatewayId: gatewayId = '' } = gateway;
  return wrongAnswer({
    says: words.costs.natGateway({ gatewayId }),
    fix: awsCommand(environment.region, 'ec2 delete-nat-gateway', `--nat-gateway-id ${gatewayId}`),
  });
}

async function checkTaskCount(environment: Environment): Promise<Answer> {
  const { desiredCount = 0, serviceName = '' } = await describeService(environment);
  const { maximum } = configuredTaskCount(environment.config);
  if (desiredCount <= maximum) return NOTHING_WRONG;
  return wrongAnswer({
    says: words.costs.tooManyTasks({ serviceName, desiredCount, maximum }),
    fix: scaleCommand(environment, maximum),
  });
}

/** Days whose transfer is compared with the monthly assumption of packages/cost/src/usage.ts. */
const TRANSFER_DAYS = 30;
/** A busy month is no fault: only more than this multiple of the assumed transfer is reported. */
const REPORTED_MULTIPLE = 2;
const HOURS_PER_DAY = 24;
const BYTES_PER_GIBIBYTE = 1024 ** 3;

/** Compares both directions: CloudWatch has no metric of the downloads alone, which are at most this much. */
async function checkTransfer(environment: Environment): Promise<Answer> {
  const assumed = usage[environment.environmentName]?.dataOut.toGibibytes();
  if (assumed === undefined) return NOTHING_WRONG;
  const bytes = await loadBalancerSum(environment, TRANSFER_DAYS * HOURS_PER_DAY, 'ProcessedBytes');
  const transferred = Math.round(bytes / BYTES_PER_GIBIBYTE);
  if (transferred <= assumed * REPORTED_MULTIPLE) return NOTHING_WRONG;
  return wrongAnswer({
    says: words.costs.transfer({ transferred, assumed, days: TRANSFER_DAYS }),
    fix: words.costs.lessTransfer,
  });
}
