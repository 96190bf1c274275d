import { overlap, parseIpRange } from '../../lib/config/ip-range';
import { subjectOf } from '../shared/naming';
import { entries, type Reading } from '../shared/reading';
import { constructPath, type Resource } from '../shared/template';
import { groupBy, stable } from '../shared/values';
import { say } from '../shared/words';
import { modelOf } from './data';
import type { Finding } from './model';
import { resourceOf, type Sides } from './sides';
import { valueText } from './value-changes';

/** Values that AWS gives to one resource at a time, and what they are exclusive in. */
const EXCLUSIVE: readonly (readonly [type: string, value: string, within: string])[] = [
  ['AWS::EC2::Subnet', 'CidrBlock', 'VpcId'],
  ['AWS::ElasticLoadBalancingV2::Listener', 'Port', 'LoadBalancerArn'],
  ['AWS::ElasticLoadBalancingV2::ListenerRule', 'Priority', 'ListenerArn'],
  ['AWS::ElasticLoadBalancingV2::LoadBalancer', 'Name', ''],
  ['AWS::ElasticLoadBalancingV2::TargetGroup', 'Name', ''],
  ['AWS::EC2::SecurityGroup', 'GroupName', 'VpcId'],
  ['AWS::SecretsManager::Secret', 'Name', ''],
  ['AWS::SNS::Topic', 'TopicName', ''],
  ['AWS::Events::Rule', 'Name', 'EventBusName'],
  ['AWS::Batch::JobQueue', 'JobQueueName', ''],
  ['AWS::Batch::ComputeEnvironment', 'ComputeEnvironmentName', ''],
  ['AWS::ECS::Service', 'ServiceName', 'Cluster'],
];

interface Claim {
  readonly id: string;
  readonly resource: Resource;
  readonly property: string;
  readonly value: string;
  /** The type, and what it is exclusive in. */
  readonly scope: string;
}

/** Deployments that must fail: CloudFormation makes and changes resources before it deletes any. */
export function refused(sides: Sides): Finding[] {
  const { base, head, readers, replaced, renames } = sides;
  const [before, after] = [claims(base.template.Resources, readers[0]), claims(head.template.Resources, readers[1])];
  const held = groupBy(before, ({ scope }) => scope);
  const claimed = groupBy(after, ({ scope }) => scope);
  return after.flatMap((claim): Finding[] => {
    const old = resourceOf(base, claim.id);
    const { causes = [], typeChanged = false } = replaced.get(claim.id) ?? {};
    const isAnew = !old || typeChanged || causes.length > 0;
    const isSame = held.get(claim.scope)?.some(({ id, value }) => id === claim.id && value === claim.value);
    // What has a fixed name and is renamed or made anew is told as that.
    const isTold =
      claim.property === 'name' && ((isAnew && old !== undefined) || renames.some(({ to }) => to === claim.id));
    if ((isSame && !isAnew) || isTold) return [];
    const rivals = [
      ...(held.get(claim.scope) ?? []).filter(({ id }) => id !== claim.id || isAnew),
      ...(claimed.get(claim.scope) ?? []).filter(({ id }) => id !== claim.id),
    ];
    const rival = rivals.find(({ value }) => collide(value, claim.value));
    if (!rival) return [];
    const who = rival.id === claim.id ? 'its own predecessor' : constructPath(rival.id, rival.resource);
    const says = say`${claim.property} ${valueText(claim.value) ?? ''} is still taken, by ${who}, when this one is made or changed: the deployment would fail.`;
    return [{ level: 'risk', subject: subjectOf(claim.id, claim.resource), says: [says], changes: [], worth: 5 }];
  });
}

function claims(resources: Readonly<Record<string, Resource>>, reading: Reading): Claim[] {
  return Object.entries(resources).flatMap(([id, resource]): Claim[] => {
    // What a type is known by is its own alone.
    const [identifier = '', ...others] = modelOf(resource.Type)?.primaryIdentifier ?? [];
    const known = EXCLUSIVE.find(([type]) => type === resource.Type) ?? ['', others.length === 0 ? identifier : '', ''];
    const [, property, within] = known;
    const value = reading.text(entries(resource.Properties).get(property));
    if (value === undefined) return [];
    const scope = stable([resource.Type, reading.plain(entries(resource.Properties).get(within))]);
    return [{ id: reading.nameOf(id), resource, property, value, scope }];
  });
}

function collide(one: string, other: string): boolean {
  const [left, right] = [parseIpRange(one), parseIpRange(other)];
  return one === other || (left !== undefined && right !== undefined && overlap(left, right));
}
