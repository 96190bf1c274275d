import { Budgets } from '@aws-sdk/client-budgets';
import { EC2 } from '@aws-sdk/client-ec2';
import { usage } from '../../../../lib/config/usage';
import { readAll } from '../../../deployed/aws';
import { cause, has, look, when, wrong } from '../question';
import { countsOf, scaleTo } from './web';

const DAYS = 30;
/** A busy month is no fault: only what is far from the assumption is reported. */
const TIMES = 2;

/** Costs beyond the config's (guide 6.4). They stop no work, so these questions come last. */
export const COSTS = [
  /** AWS computes it up to three times a day. */
  when(has('AWS::Budgets::Budget')).cause('budget', 'The account’s month stays in its budget', async (environment) => {
    const wanted = { AccountId: environment.account, BudgetName: environment.physicalId('AWS::Budgets::Budget') };
    const { Budget } = await environment.client(Budgets).describeBudget(wanted);
    const { ActualSpend, ForecastedSpend } = Budget?.CalculatedSpend ?? {};
    const amounts = [Budget?.BudgetLimit, ActualSpend, ForecastedSpend].map((spend) => Number(spend?.Amount ?? 0));
    const [limit = 0, actual = 0, forecast = 0] = amounts;
    const says = `USD ${actual} of ${limit} are spent this month`;
    const fix = `Cost Explorer, by service, beside ${environment.prooflinkCommand('cost')}`;
    if (actual > limit) return wrong(`${says}.`, fix);
    return forecast > limit ? look(`${says}, and ${forecast} are forecast.`, fix) : undefined;
  }),
  cause('nat-gateway', 'There is no NAT gateway', async (environment) => {
    const here = { Name: 'vpc-id', Values: [environment.physicalId('AWS::EC2::VPC')] };
    const alive = { Name: 'state', Values: ['pending', 'available'] };
    const [found] = await readAll(
      environment.client(EC2).paginateDescribeNatGateways({ Filter: [here, alive] }),
      'NatGateways',
    );
    if (!found) return undefined;
    const { NatGatewayId: gateway = '' } = found;
    return wrong(
      `The NAT gateway ${gateway} was made by hand: nothing needs it, and it costs by the hour.`,
      environment.awsCommand('ec2 delete-nat-gateway', `--nat-gateway-id ${gateway}`),
    );
  }),
  cause('too-many-tasks', 'There are no more web tasks than wanted', async (environment) => {
    const { desiredCount = 0, serviceName = '' } = await environment.describeService();
    const [, most] = countsOf(environment);
    if (desiredCount <= most) return undefined;
    return wrong(`${serviceName} wants ${desiredCount} web tasks, not ${most}.`, scaleTo(most, environment));
  }),
  /** The load balancer counts both directions: never less than what users download. */
  cause('transfer', 'The transfer is as assumed', async (environment) => {
    const assumed = usage[environment.environmentName]?.dataOut.toGibibytes();
    if (assumed === undefined) return undefined;
    const name = environment.physicalId('AWS::ElasticLoadBalancingV2::LoadBalancer').split('loadbalancer/')[1];
    const Dimensions = [{ Name: 'LoadBalancer', Value: name }];
    const bytes = { Namespace: 'AWS/ApplicationELB', MetricName: 'ProcessedBytes', Dimensions, Stat: 'Sum' } as const;
    const days = await environment.metricValues(DAYS * 24, { ...bytes, Period: 24 * 3_600 });
    const gibibytes = days.reduce((sum, each) => sum + each, 0) / 1024 ** 3;
    if (gibibytes <= assumed * TIMES) return undefined;
    return wrong(
      `${Math.round(gibibytes)} GiB went through the load balancer in ${DAYS} days, and ${assumed} GiB are assumed.`,
      'a CDN such as CloudFront before it, if users load that much; and dataOut in lib/config/usage.ts',
    );
  }),
];
