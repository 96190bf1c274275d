import { type NamedResource, referencedIds, type Resources } from '@infra/common/template';
import { stableJson, valueAtPath } from '@infra/common/values';

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
  const of = (
    type: string,
    name: string,
    read: (one: NamedResource) => readonly [unknown, unknown, boolean, number[]?],
  ) =>
    resources.ofType(type).map((one): Place => {
      const [subnets, groups, hasPublicAddress, listens] = read(one);
      return {
        id: one.id,
        name,
        subnets: referencedIds(subnets),
        groups: referencedIds(groups),
        hasPublicAddress,
        listens,
      };
    });
  return [
    ...of('AWS::ElasticLoadBalancingV2::LoadBalancer', LOAD_BALANCER, ({ id, properties }) => [
      properties['Subnets'],
      properties['SecurityGroups'],
      // AWS's default is internet-facing.
      properties['Scheme'] !== 'internal',
      resources
        .ofType('AWS::ElasticLoadBalancingV2::Listener')
        .filter((listener) => referencedIds(listener.properties['LoadBalancerArn']).includes(id))
        .map((listener) => Number(listener.properties['Port'])),
    ]),
    ...of('AWS::ECS::Service', WEB_TASK, ({ properties }) => {
      const network = valueAtPath(properties, 'NetworkConfiguration', 'AwsvpcConfiguration');
      const address = valueAtPath(network, 'AssignPublicIp');
      return [valueAtPath(network, 'Subnets'), valueAtPath(network, 'SecurityGroups'), mayDiffer(address, 'DISABLED')];
    }),
    ...of('AWS::Batch::ComputeEnvironment', IMPORT_JOB, ({ properties }) => [
      valueAtPath(properties, 'ComputeResources', 'Subnets'),
      valueAtPath(properties, 'ComputeResources', 'SecurityGroupIds'),
      resources
        .ofType('AWS::Batch::JobDefinition')
        .some((job) => /"AssignPublicIp":(?!"DISABLED")/.test(JSON.stringify(job.properties))),
    ]),
    ...of('AWS::RDS::DBInstance', DATABASE, ({ properties }) => [
      resources
        .ofType('AWS::RDS::DBSubnetGroup')
        .filter((group) => subnetGroups(properties, resources).includes(group.id))
        .map((group) => group.properties['SubnetIds']),
      properties['VPCSecurityGroups'],
      // AWS's default depends on the subnets.
      properties['PubliclyAccessible'] === undefined || mayDiffer(properties['PubliclyAccessible'], false),
      [Number(properties['Port'] ?? 5432)],
    ]),
  ];
}

/** A replica is where its source is, unless it says otherwise. */
function subnetGroups(properties: Readonly<Record<string, unknown>>, resources: Resources): string[] {
  const source = referencedIds(properties['SourceDBInstanceIdentifier']);
  const [copied] = resources.ofType('AWS::RDS::DBInstance').filter(({ id }) => source.includes(id));
  return referencedIds(properties['DBSubnetGroupName'] ?? copied?.properties['DBSubnetGroupName']);
}

/** True if a value that is set may differ from another one. Results of functions are unknown at synth. */
function mayDiffer(value: unknown, other: unknown): boolean {
  return (
    value !== undefined && stableJson(value) !== stableJson(other) && stableJson(value) !== stableJson(String(other))
  );
}
