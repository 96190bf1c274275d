import { ADDRESS, each, type Pricer } from './pricer';
import { MONTH_HOURS } from './running-hours';

/** What the way to and from the tasks costs. */
export const NETWORK: Readonly<Record<string, Pricer>> = {
  'AWS::ElasticLoadBalancingV2::LoadBalancer': each(({ name, properties }, bill) => {
    const { Type = 'application', Scheme, Subnets } = properties;
    if (Type !== 'application') {
      bill.miss(`Load balancer: ${name}`, `Of type ${String(Type)}, which has no price in tools/cost/prices.json.`);
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
    bill.leaveOpen('NAT gateway: data through it', ['AmazonEC2', '<region>-NatGateway-Bytes']);
  },

  'AWS::EC2::EIP': (addresses, bill) => {
    bill.charge('Public IPv4', `elastic: ${addresses.length}`, ADDRESS, addresses.length * MONTH_HOURS);
  },

  'AWS::EC2::VPCEndpoint': each(({ name, properties }, bill) => {
    const { VpcEndpointType = 'Gateway', SubnetIds } = properties;
    if (VpcEndpointType === 'Gateway') return; // S3 and DynamoDB are free
    if (VpcEndpointType !== 'Interface' || !Array.isArray(SubnetIds)) {
      bill.miss(`VPC endpoints: ${name}`, 'Only interface endpoints with subnets are priced.');
      return;
    }
    const hours = SubnetIds.length * MONTH_HOURS;
    bill.charge(
      'VPC endpoints',
      `${name}, zones: ${SubnetIds.length}`,
      ['AmazonVPC', '<region>-VpcEndpoint-Hours'],
      hours,
    );
    bill.leaveOpen(`VPC endpoints: data through ${name}`, ['AmazonVPC', '<region>-VpcEndpoint-Bytes']);
  }),
};
