import type { NamedResource } from '@infra/common/template';
import type { Bill } from './bill';
import { formatQuantity } from './format-amounts';
import { HOURS_PER_MONTH } from './month';
import { forEachResource, type Pricers } from './pricer';
import type { Rate } from './rate';

/** Costs of the network: load balancers, NAT gateways, public addresses and VPC endpoints. */
export const NETWORK_PRICERS: Pricers = {
  'AWS::ElasticLoadBalancingV2::LoadBalancer': forEachResource(priceLoadBalancer),
  'AWS::EC2::NatGateway': priceNatGateways,
  'AWS::EC2::EIP': priceElasticAddresses,
  'AWS::EC2::VPCEndpoint': forEachResource(priceEndpoint),
};

/** One public IPv4 address for an hour, of a load balancer, a NAT gateway or a task. */
export const PUBLIC_IPV4_RATE: Rate = { service: 'AmazonVPC', usageType: 'PublicIPv4:InUseAddress' };

/** Distinguishes an application load balancer from a network load balancer, which has the same usage types. */
const APPLICATION_LOAD_BALANCER = { operation: 'LoadBalancing:Application' };
const LOAD_BALANCER_HOUR_RATE: Rate = {
  service: 'AWSELB',
  usageType: 'LoadBalancerUsage',
  attributes: APPLICATION_LOAD_BALANCER,
};
const LOAD_BALANCER_UNIT_HOUR_RATE: Rate = {
  service: 'AWSELB',
  usageType: 'LCUUsage',
  attributes: APPLICATION_LOAD_BALANCER,
};
const DATA_OUT_RATE: Rate = { service: 'AWSDataTransfer', usageType: 'DataTransfer-Out-Bytes' };
const NAT_GATEWAY_HOUR_RATE: Rate = { service: 'AmazonEC2', usageType: 'NatGateway-Hours' };
const NAT_GATEWAY_DATA_RATE: Rate = { service: 'AmazonEC2', usageType: 'NatGateway-Bytes' };
const ENDPOINT_HOUR_RATE: Rate = { service: 'AmazonVPC', usageType: 'VpcEndpoint-Hours' };
const ENDPOINT_DATA_RATE: Rate = { service: 'AmazonVPC', usageType: 'VpcEndpoint-Bytes' };

function priceLoadBalancer({ name, properties }: NamedResource, bill: Bill): void {
  const { Type = 'application', Scheme, Subnets } = properties;
  const { network: words } = bill.words;
  if (Type !== 'application') {
    bill.listMissing('Load balancer', name, words.otherLoadBalancer({ type: String(Type) }));
    return;
  }
  bill.charge('Load balancer', {
    description: words.loadBalancerHours({ hours: HOURS_PER_MONTH }),
    rate: LOAD_BALANCER_HOUR_RATE,
    quantity: HOURS_PER_MONTH,
  });
  bill.chargeAssumed('Load balancer', {
    assumedAmount: ({ loadBalancerUnits }) => loadBalancerUnits,
    describe: (units) => words.capacityUnits({ count: units }),
    rate: LOAD_BALANCER_UNIT_HOUR_RATE,
    unitsPerAmount: HOURS_PER_MONTH,
  });
  if (Scheme === 'internet-facing') priceInternetAccess(Subnets, bill);
}

/** Charges the public addresses of a load balancer, one in each of its subnets, and the downloads of its users. */
function priceInternetAccess(subnets: unknown, bill: Bill): void {
  const zones = Array.isArray(subnets) ? subnets.length : 0;
  const { network: words } = bill.words;
  bill.charge('Public IPv4', {
    description: words.addressesOfLoadBalancer({ zones }),
    rate: PUBLIC_IPV4_RATE,
    quantity: zones * HOURS_PER_MONTH,
  });
  bill.chargeAssumed('Transfer', {
    assumedAmount: ({ dataOut }) => dataOut.toGibibytes(),
    describe: (gigabytes) => words.dataOut({ gigabytes: formatQuantity(gigabytes) }),
    rate: DATA_OUT_RATE,
  });
}

function priceNatGateways(gateways: readonly NamedResource[], bill: Bill): void {
  const { natGateways, natGatewayData } = bill.words.network;
  bill.charge('NAT gateway', {
    description: natGateways({ count: gateways.length, hours: HOURS_PER_MONTH }),
    rate: NAT_GATEWAY_HOUR_RATE,
    quantity: gateways.length * HOURS_PER_MONTH,
  });
  bill.listUnmeasured({ description: natGatewayData(), rate: NAT_GATEWAY_DATA_RATE });
}

function priceElasticAddresses(addresses: readonly NamedResource[], bill: Bill): void {
  bill.charge('Public IPv4', {
    description: bill.words.network.elasticAddresses({ count: addresses.length }),
    rate: PUBLIC_IPV4_RATE,
    quantity: addresses.length * HOURS_PER_MONTH,
  });
}

function priceEndpoint({ name, properties }: NamedResource, bill: Bill): void {
  const { VpcEndpointType = 'Gateway', SubnetIds } = properties;
  const { network: words } = bill.words;
  // Gateway endpoints, which exist for S3 and DynamoDB, are free.
  if (VpcEndpointType === 'Gateway') return;
  if (VpcEndpointType !== 'Interface' || !Array.isArray(SubnetIds)) {
    bill.listMissing('VPC endpoints', name, words.otherEndpoint);
    return;
  }
  const zones = SubnetIds.length;
  bill.charge('VPC endpoints', {
    description: words.endpoint({ name, zones }),
    rate: ENDPOINT_HOUR_RATE,
    quantity: zones * HOURS_PER_MONTH,
  });
  bill.listUnmeasured({ description: words.endpointData({ name }), rate: ENDPOINT_DATA_RATE });
}
