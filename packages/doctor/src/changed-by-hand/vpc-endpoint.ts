import { EC2 } from '@aws-sdk/client-ec2';
import { readAll } from '@infra/operate/deployed/pages';
import type { Comparison } from './comparison';
import { normalizePolicy } from './policy-document';

/** State of a VPC endpoint that is being deleted, or was deleted: `deleting`, `Deleted`. */
const DELETION_STATE = /^delet/i;

/** Policy that AWS gives to an endpoint about whose policy the template is silent. */
const FULL_ACCESS = { Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }] };

/** Comparison of a gateway endpoint, through which route tables lead to S3. */
export const VPC_ENDPOINT: Comparison = {
  expects: ({ properties: { RouteTableIds, PolicyDocument = FULL_ACCESS } }) => ({
    RouteTableIds,
    PolicyDocument: normalizePolicy(PolicyDocument),
  }),
  read: async ({ environment, properties: { VpcId, ServiceName } }) => {
    const pages = environment.client(EC2).paginateDescribeVpcEndpoints({
      Filters: [
        { Name: 'vpc-id', Values: [VpcId] },
        { Name: 'service-name', Values: [ServiceName] },
      ],
    });
    const endpoints = await readAll(pages, 'VpcEndpoints');
    // EC2 still lists an endpoint for a while after its deletion.
    const endpoint = endpoints.find(({ State = '' }) => !DELETION_STATE.test(State));
    return endpoint && { ...endpoint, PolicyDocument: normalizePolicy(endpoint.PolicyDocument) };
  },
  fix: ({ properties }, actual) => {
    const { VpcId, ServiceName, RouteTableIds: expectedIds, PolicyDocument = FULL_ACCESS } = properties;
    if (!actual) {
      return ['ec2 create-vpc-endpoint', { VpcId, ServiceName, RouteTableIds: expectedIds, PolicyDocument }];
    }
    const actualIds = (actual['RouteTableIds'] ?? []) as readonly string[];
    const missingIds = expectedIds.filter((id) => !actualIds.includes(id));
    const addedIds = actualIds.filter((id) => !expectedIds.includes(id));
    return [
      'ec2 modify-vpc-endpoint',
      {
        VpcEndpointId: actual['VpcEndpointId'],
        AddRouteTableIds: missingIds,
        RemoveRouteTableIds: addedIds,
        PolicyDocument,
      },
    ];
  },
};
