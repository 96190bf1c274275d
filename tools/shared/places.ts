import { references, type Resources } from './template';
import { stable, within } from './values';

/** Something with an address in the network. */
export interface Place {
  readonly id: string;
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
      id,
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
    ...resources.of('AWS::ECS::Service').map(({ id, properties }) => {
      const network = within(properties, 'NetworkConfiguration', 'AwsvpcConfiguration');
      return {
        id,
        name: WEB_TASK,
        subnets: references(within(network, 'Subnets')),
        groups: references(within(network, 'SecurityGroups')),
        hasPublicAddress: mayDiffer(within(network, 'AssignPublicIp'), 'DISABLED'),
        listens: undefined,
      };
    }),
    ...resources.of('AWS::Batch::ComputeEnvironment').map(({ id, properties }) => ({
      id,
      name: IMPORT_JOB,
      subnets: references(within(properties, 'ComputeResources', 'Subnets')),
      groups: references(within(properties, 'ComputeResources', 'SecurityGroupIds')),
      hasPublicAddress: resources
        .of('AWS::Batch::JobDefinition')
        .some((job) => /"AssignPublicIp":(?!"DISABLED")/.test(JSON.stringify(job.properties))),
      listens: undefined,
    })),
    ...resources.of('AWS::RDS::DBInstance').map(({ id, properties }) => ({
      id,
      name: DATABASE,
      subnets: resources
        .of('AWS::RDS::DBSubnetGroup')
        .filter((group) => subnetGroups(properties, resources).includes(group.id))
        .flatMap((group) => references(group.properties['SubnetIds'])),
      groups: references(properties['VPCSecurityGroups']),
      // AWS's default depends on the subnets.
      hasPublicAddress:
        properties['PubliclyAccessible'] === undefined || mayDiffer(properties['PubliclyAccessible'], false),
      listens: [Number(properties['Port'] ?? 5432)],
    })),
  ];
}

/** A replica stands where what it copies does, unless it says otherwise. */
function subnetGroups(properties: Readonly<Record<string, unknown>>, resources: Resources): string[] {
  const source = references(properties['SourceDBInstanceIdentifier']);
  const [copied] = resources.of('AWS::RDS::DBInstance').filter(({ id }) => source.includes(id));
  return references(properties['DBSubnetGroupName'] ?? copied?.properties['DBSubnetGroupName']);
}

/** Whether a value that is set may be another one than that: nobody knows what a function gives. */
function mayDiffer(value: unknown, other: unknown): boolean {
  return value !== undefined && stable(value) !== stable(other) && stable(value) !== stable(String(other));
}
