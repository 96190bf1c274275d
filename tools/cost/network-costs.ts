import { each, type Pricer, type Rate } from './bill';
import { MONTH_HOURS } from './running-hours';

export const ADDRESS = 'AmazonVPC *-PublicIPv4:InUseAddress';

/** Costs of the way to and from the tasks. */
export const NETWORK: Readonly<Record<string, Pricer>> = {
  'AWS::ElasticLoadBalancingV2::LoadBalancer': each(({ name, properties }, bill) => {
    const { Type = 'application', Scheme, Subnets } = properties;
    if (Type !== 'application') {
      bill.miss(`Load balancer: ${name}`, `Of type ${String(Type)}, which has no price in tools/cost/prices.json.`);
      return;
    }
    const part = 'Load balancer';
    const rate = (type: string): Rate => `AWSELB *-${type} operation=LoadBalancing:Application`;
    bill.charge(part, `${MONTH_HOURS} h`, rate('LoadBalancerUsage'), MONTH_HOURS);
    bill.assume(part, '# capacity unit(s) (LCU)', rate('LCUUsage'), (it) => it.loadBalancerUnits, MONTH_HOURS);
    if (Scheme !== 'internet-facing') return;
    const zones = Array.isArray(Subnets) ? Subnets.length : 0;
    bill.charge('Public IPv4', `one per zone of the load balancer: ${zones}`, ADDRESS, zones * MONTH_HOURS);
    const out = 'AWSDataTransfer *-DataTransfer-Out-Bytes';
    bill.assume('Transfer', '# GB to users', out, ({ dataOut }) => dataOut.toGibibytes());
  }),

  'AWS::EC2::NatGateway': ({ length }, bill) => {
    bill.charge('NAT gateway', `${length}, ${MONTH_HOURS} h`, 'AmazonEC2 *-NatGateway-Hours', length * MONTH_HOURS);
    bill.leaveOpen('NAT gateway: data through it', 'AmazonEC2 *-NatGateway-Bytes');
  },

  'AWS::EC2::EIP': ({ length }, bill) => {
    bill.charge('Public IPv4', `elastic: ${length}`, ADDRESS, length * MONTH_HOURS);
  },

  'AWS::EC2::VPCEndpoint': each(({ name, properties }, bill) => {
    const { VpcEndpointType = 'Gateway', SubnetIds } = properties;
    if (VpcEndpointType === 'Gateway') return; // S3 and DynamoDB are free
    if (VpcEndpointType !== 'Interface' || !Array.isArray(SubnetIds)) {
      bill.miss(`VPC endpoints: ${name}`, 'Only interface endpoints with subnets are priced.');
      return;
    }
    const [zones, rate] = [SubnetIds.length, 'AmazonVPC *-VpcEndpoint-Hours'] as const;
    bill.charge('VPC endpoints', `${name}, zones: ${zones}`, rate, zones * MONTH_HOURS);
    bill.leaveOpen(`VPC endpoints: data through ${name}`, 'AmazonVPC *-VpcEndpoint-Bytes');
  }),
};
