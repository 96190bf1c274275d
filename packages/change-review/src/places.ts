import { type Named, references, type Resources } from '@infra/common/template';
import { stable, within } from '@infra/common/values';

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
  const of = (type: string, name: string, read: (one: Named) => readonly [unknown, unknown, boolean, number[]?]) =>
    resources.of(type).map((one): Place => {
      const [subnets, groups, hasPublicAddress, listens] = read(one);
      return { id: one.id, name, subnets: references(subnets), groups: references(groups), hasPublicAddress, listens };
    });
  return [
    ...of('AWS::ElasticLoadBalancingV2::LoadBalancer', LOAD_BALANCER, ({ id, properties }) => [
      properties['Subnets'],
      properties['SecurityGroups'],
      // AWS's default is internet-facing.
      properties['Scheme'] !== 'internal',
      resources
        .of('AWS::ElasticLoadBalancingV2::Listener')
        .filter((listener) => references(listener.properties['LoadBalancerArn']).includes(id))
        .map((listener) => Number(listener.properties['Port'])),
    ]),
    ...of('AWS::ECS::Service', WEB_TASK, ({ properties }) => {
      const network = within(properties, 'NetworkConfiguration', 'AwsvpcConfiguration');
      const address = within(network, 'AssignPublicIp');
      return [within(network, 'Subnets'), within(network, 'SecurityGroups'), mayDiffer(address, 'DISABLED')];
    }),
    ...of('AWS::Batch::ComputeEnvironment', IMPORT_JOB, ({ properties }) => [
      within(properties, 'ComputeResources', 'Subnets'),
      within(properties, 'ComputeResources', 'SecurityGroupIds'),
      resources
        .of('AWS::Batch::JobDefinition')
        .some((job) => /"AssignPublicIp":(?!"DISABLED")/.test(JSON.stringify(job.properties))),
    ]),
    ...of('AWS::RDS::DBInstance', DATABASE, ({ properties }) => [
      resources
        .of('AWS::RDS::DBSubnetGroup')
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
  const source = references(properties['SourceDBInstanceIdentifier']);
  const [copied] = resources.of('AWS::RDS::DBInstance').filter(({ id }) => source.includes(id));
  return references(properties['DBSubnetGroupName'] ?? copied?.properties['DBSubnetGroupName']);
}

/** True if a value that is set may differ from another one. Results of functions are unknown at synth. */
function mayDiffer(value: unknown, other: unknown): boolean {
  return value !== undefined && stable(value) !== stable(other) && stable(value) !== stable(String(other));
}
