import { references, type Resources } from './template';
import { within } from './values';

/** Something with an address in the network. */
export interface Place {
  readonly name: string;
  readonly subnets: readonly string[];
  readonly groups: readonly string[];
  readonly hasPublicAddress: boolean;
  /** The ports that it listens on; `undefined`: whatever its groups admit. */
  readonly listens: readonly number[] | undefined;
}

export const LOAD_BALANCER = 'load balancer';
export const WEB_TASK = 'web task';
export const IMPORT_JOB = 'import job';
export const DATABASE = 'database';

/** Everything with an address in the network. */
export function placesOf(resources: Resources): Place[] {
  return [
    ...resources.of('AWS::ElasticLoadBalancingV2::LoadBalancer').map(({ id, properties }) => ({
      name: LOAD_BALANCER,
      subnets: references(properties['Subnets']),
      groups: references(properties['SecurityGroups']),
      // AWS's default is internet-facing.
      hasPublicAddress: properties['Scheme'] !== 'internal',
      listens: resources
        .of('AWS::ElasticLoadBalancingV2::Listener')
        .filter((listener) => references(listener.properties['LoadBalancerArn']).includes(id))
        .map((listener) => Number(listener.properties['Port'])),
    })),
    ...resources.of('AWS::ECS::Service').map(({ properties }) => {
      const network = within(properties, 'NetworkConfiguration', 'AwsvpcConfiguration');
      return {
        name: WEB_TASK,
        subnets: references(within(network, 'Subnets')),
        groups: references(within(network, 'SecurityGroups')),
        hasPublicAddress: within(network, 'AssignPublicIp') === 'ENABLED',
        listens: undefined,
      };
    }),
    ...resources.of('AWS::Batch::ComputeEnvironment').map(({ properties }) => ({
      name: IMPORT_JOB,
      subnets: references(within(properties, 'ComputeResources', 'Subnets')),
      groups: references(within(properties, 'ComputeResources', 'SecurityGroupIds')),
      hasPublicAddress: resources
        .of('AWS::Batch::JobDefinition')
        .some((job) => JSON.stringify(job.properties).includes('"AssignPublicIp":"ENABLED"')),
      listens: undefined,
    })),
    ...resources.of('AWS::RDS::DBInstance').map(({ properties }) => ({
      name: DATABASE,
      subnets: resources
        .of('AWS::RDS::DBSubnetGroup')
        .filter(({ id }) => references(properties['DBSubnetGroupName']).includes(id))
        .flatMap((group) => references(group.properties['SubnetIds'])),
      groups: references(properties['VPCSecurityGroups']),
      hasPublicAddress: properties['PubliclyAccessible'] !== false,
      listens: [Number(properties['Port'] ?? 5432)],
    })),
  ];
}
