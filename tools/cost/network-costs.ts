import { ADDRESS, each, type Pricer } from './pricer';
import { MONTH_HOURS } from './running-hours';

/** What the way to and from the tasks costs. */
export const NETWORK: Readonly<Record<string, Pricer>> = {
  'AWS::ElasticLoadBalancingV2::LoadBalancer': each(({ name, properties }, bill) => {
    const { Type = 'application', Scheme, Subnets } = properties;
    if (Type !== 'application') {
      bill.leaveOut(`Load balancer: ${name}`, `Of type ${String(Type)}, which has no price in tools/cost/prices.json.`);
      return;
    }
    const operation = { operation: 'LoadBalancing:Application' };
    bill.charge('Load balancer', `${MONTH_HOURS} h`, ['AWSELB', '<region>-LoadBalancerUsage', operation], MONTH_HOURS);
    bill.assume(
      'Load balancer',
      (usage) => `${usage.loadBalancerUnits} capacity unit${usage.loadBalancerUnits === 1 ? '' : 's'} (LCU)`,
      ['AWSELB', '<region>-LCUUsage', operation],
      (usage) => usage.loadBalancerUnits * MONTH_HOURS,
    );
    if (Scheme !== 'internet-facing') return;
    const zones = Array.isArray(Subnets) ? Subnets.length : 0;
    bill.charge('Public IPv4', `one per zone of the load balancer: ${zones}`, ADDRESS, zones * MONTH_HOURS);
    bill.assume(
      'Transfer',
      ({ dataOut }) => `${dataOut.toGibibytes()} GB to users`,
      ['AWSDataTransfer', '<region>-DataTransfer-Out-Bytes'],
      ({ dataOut }) => dataOut.toGibibytes(),
    );
  }),

  'AWS::EC2::NatGateway': (gateways, bill) => {
    bill.charge(
      'NAT gateway',
      `${gateways.length}, ${MONTH_HOURS} h`,
      ['AmazonEC2', '<region>-NatGateway-Hours'],
      gateways.length * MONTH_HOURS,
    );
    bill.leaveOut('NAT gateway: data through it', 'USD 0.062 per GB; how much, no template tells.');
  },

  'AWS::EC2::EIP': (addresses, bill) => {
    bill.charge('Public IPv4', `elastic: ${addresses.length}`, ADDRESS, addresses.length * MONTH_HOURS);
  },

  'AWS::EC2::VPCEndpoint': each(({ name, properties }, bill) => {
    const { VpcEndpointType = 'Gateway', SubnetIds } = properties;
    if (VpcEndpointType === 'Gateway') return; // of S3 or DynamoDB, and free
    const zones = VpcEndpointType === 'Interface' && Array.isArray(SubnetIds) ? SubnetIds.length : 0;
    if (zones > 0)
      bill.charge(
        'VPC endpoints',
        `${name}, ${zones} zone${zones === 1 ? '' : 's'}`,
        ['AmazonVPC', '<region>-VpcEndpoint-Hours'],
        zones * MONTH_HOURS,
      );
    bill.leaveOut(
      `VPC endpoints: ${zones > 0 ? 'data through' : ''} ${name}`,
      'USD 0.01 per GB through an interface endpoint; how much, no template tells.',
    );
  }),
};
