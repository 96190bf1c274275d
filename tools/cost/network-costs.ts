import type { Named } from '@infra/common/template';
import type { Bill } from './bill';
import { formatQuantity } from './money';
import { MONTH_HOURS } from './month';
import { forEachResource, type Pricers } from './pricer';
import type { Rate } from './rate';

/** Costs of the way to and from the tasks. */
export const NETWORK_PRICERS: Pricers = {
  'AWS::ElasticLoadBalancingV2::LoadBalancer': forEachResource(priceLoadBalancer),
  'AWS::EC2::NatGateway': priceNatGateways,
  'AWS::EC2::EIP': priceElasticAddresses,
  'AWS::EC2::VPCEndpoint': forEachResource(priceEndpoint),
};

/** An hour of a public IPv4 address. */
export const PUBLIC_ADDRESS: Rate = { service: 'AmazonVPC', usageType: 'PublicIPv4:InUseAddress' };

const APPLICATION_LOAD_BALANCER = { operation: 'LoadBalancing:Application' };
const LOAD_BALANCER_HOURS: Rate = {
  service: 'AWSELB',
  usageType: 'LoadBalancerUsage',
  attributes: APPLICATION_LOAD_BALANCER,
};
const LOAD_BALANCER_UNITS: Rate = {
  service: 'AWSELB',
  usageType: 'LCUUsage',
  attributes: APPLICATION_LOAD_BALANCER,
};
const DATA_OUT: Rate = { service: 'AWSDataTransfer', usageType: 'DataTransfer-Out-Bytes' };
const NAT_HOURS: Rate = { service: 'AmazonEC2', usageType: 'NatGateway-Hours' };
const NAT_DATA: Rate = { service: 'AmazonEC2', usageType: 'NatGateway-Bytes' };
const ENDPOINT_HOURS: Rate = { service: 'AmazonVPC', usageType: 'VpcEndpoint-Hours' };
const ENDPOINT_DATA: Rate = { service: 'AmazonVPC', usageType: 'VpcEndpoint-Bytes' };

function priceLoadBalancer({ name, properties }: Named, bill: Bill): void {
  const { Type = 'application', Scheme, Subnets } = properties;
  if (Type !== 'application') {
    bill.listAsMissing(
      `Load balancer: ${name}`,
      `Of type ${String(Type)}, which has no price in tools/cost/prices.json.`,
    );
    return;
  }
  bill.charge('Load balancer', {
    description: `${MONTH_HOURS} h`,
    rate: LOAD_BALANCER_HOURS,
    quantity: MONTH_HOURS,
  });
  bill.chargeAssumed('Load balancer', {
    amount: ({ loadBalancerUnits }) => loadBalancerUnits,
    describe: (units) => `${formatQuantity(units)} capacity ${units === 1 ? 'unit' : 'units'} (LCU)`,
    rate: LOAD_BALANCER_UNITS,
    unitsPerAmount: MONTH_HOURS,
  });
  if (Scheme === 'internet-facing') priceInternetAccess(Subnets, bill);
}

function priceInternetAccess(subnets: unknown, bill: Bill): void {
  const zones = Array.isArray(subnets) ? subnets.length : 0;
  bill.charge('Public IPv4', {
    description: `one per zone of the load balancer: ${zones}`,
    rate: PUBLIC_ADDRESS,
    quantity: zones * MONTH_HOURS,
  });
  bill.chargeAssumed('Transfer', {
    amount: ({ dataOut }) => dataOut.toGibibytes(),
    describe: (gigabytes) => `${formatQuantity(gigabytes)} GB to users`,
    rate: DATA_OUT,
  });
}

function priceNatGateways(gateways: readonly Named[], bill: Bill): void {
  bill.charge('NAT gateway', {
    description: `${gateways.length}, ${MONTH_HOURS} h`,
    rate: NAT_HOURS,
    quantity: gateways.length * MONTH_HOURS,
  });
  bill.listAsUnmeasured({ description: 'NAT gateway: data through it', rate: NAT_DATA });
}

function priceElasticAddresses(addresses: readonly Named[], bill: Bill): void {
  bill.charge('Public IPv4', {
    description: `elastic: ${addresses.length}`,
    rate: PUBLIC_ADDRESS,
    quantity: addresses.length * MONTH_HOURS,
  });
}

function priceEndpoint({ name, properties }: Named, bill: Bill): void {
  const { VpcEndpointType = 'Gateway', SubnetIds } = properties;
  // Gateway endpoints, of S3 and DynamoDB, are free.
  if (VpcEndpointType === 'Gateway') return;
  if (VpcEndpointType !== 'Interface' || !Array.isArray(SubnetIds)) {
    bill.listAsMissing(`VPC endpoints: ${name}`, 'Only interface endpoints with subnets are priced.');
    return;
  }
  const zones = SubnetIds.length;
  bill.charge('VPC endpoints', {
    description: `${name}, zones: ${zones}`,
    rate: ENDPOINT_HOURS,
    quantity: zones * MONTH_HOURS,
  });
  bill.listAsUnmeasured({ description: `VPC endpoints: data through ${name}`, rate: ENDPOINT_DATA });
}
