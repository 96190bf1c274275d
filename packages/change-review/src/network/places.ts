import { type NamedResource, referencedIds, type Resources } from '@infra/common/template';
import { stableJson, valueAtPath } from '@infra/common/values';
import { type MessageId, wordsOf } from '../messages';
import { say, type Words } from '../messages/words';

/** A resource with an address in the network. */
export interface Place {
  readonly id: string;
  readonly name: string;
  readonly subnets: readonly string[];
  readonly groups: readonly string[];
  readonly hasPublicAddress: boolean;
  /** The ports that it listens on; `undefined`: whatever its groups admit. */
  readonly listens: readonly number[] | undefined;
  /** Conditions of the template under which it exists. */
  readonly conditions: readonly string[];
}

export const LOAD_BALANCER = 'load balancer';
export const ECS_TASK = 'ECS task';
export const BATCH_JOB = 'Batch job';
export const DATABASE = 'database';

/** Ends of paths that have no address in the network, or many. */
export const INTERNET = 'internet';
export const PRIVATE_SUBNET = 'private subnet';
export const IMAGE_REGISTRY = 'image registry';
export const LOG_SERVICE = 'log service';

const MESSAGES_OF_ENDS: ReadonlyMap<string, MessageId> = new Map([
  [DATABASE, 'end.database'],
  [IMAGE_REGISTRY, 'end.imageRegistry'],
  [BATCH_JOB, 'end.batchJob'],
  [INTERNET, 'end.internet'],
  [LOAD_BALANCER, 'end.loadBalancer'],
  [LOG_SERVICE, 'end.logService'],
  [PRIVATE_SUBNET, 'end.privateSubnet'],
  [ECS_TASK, 'end.ecsTask'],
]);

/** An end in words; the name of a service of AWS, or a range of addresses, is the same in each language. */
export function endWords(name: string): Words {
  const message = MESSAGES_OF_ENDS.get(name);
  return message ? wordsOf(message) : say`${name}`;
}

type Properties = NamedResource['properties'];

const POSTGRESQL_PORT = 5432;

/** A definition of a job that gets a public address, or may get one. */
const MAY_HAVE_PUBLIC_ADDRESS = /"AssignPublicIp":(?!"DISABLED")/;

/** Everything with an address in the network: users' ways in and data first, since a long list is cut at its end. */
export function placesOf(resources: Resources): Place[] {
  const loadBalancers = resources.ofType('AWS::ElasticLoadBalancingV2::LoadBalancer');
  const services = resources.ofType('AWS::ECS::Service');
  const computeEnvironments = resources.ofType('AWS::Batch::ComputeEnvironment');
  const databases = resources.ofType('AWS::RDS::DBInstance');
  return [
    ...loadBalancers.map((resource) => loadBalancer(resource, resources)),
    ...databases.map((resource) => database(resource, resources)),
    ...services.map(ecsTask),
    ...computeEnvironments.map((resource) => batchJob(resource, resources)),
  ];
}

function loadBalancer({ id, properties, conditions }: NamedResource, resources: Resources): Place {
  const listeners = resources.ofType('AWS::ElasticLoadBalancingV2::Listener');
  const itsListeners = listeners.filter((listener) => refersTo(id, listener.properties['LoadBalancerArn']));
  return {
    id,
    name: LOAD_BALANCER,
    subnets: referencedIds(properties['Subnets']),
    groups: referencedIds(properties['SecurityGroups']),
    // AWS's default is internet-facing.
    hasPublicAddress: properties['Scheme'] !== 'internal',
    listens: itsListeners.map((listener) => Number(listener.properties['Port'])),
    conditions,
  };
}

function ecsTask({ id, properties, conditions }: NamedResource): Place {
  const network = valueAtPath(properties, 'NetworkConfiguration', 'AwsvpcConfiguration');
  return {
    id,
    name: ECS_TASK,
    subnets: referencedIds(valueAtPath(network, 'Subnets')),
    groups: referencedIds(valueAtPath(network, 'SecurityGroups')),
    hasPublicAddress: mayDiffer(valueAtPath(network, 'AssignPublicIp'), 'DISABLED'),
    listens: undefined,
    conditions,
  };
}

function batchJob({ id, properties, conditions }: NamedResource, resources: Resources): Place {
  const definitions = resources.ofType('AWS::Batch::JobDefinition');
  return {
    id,
    name: BATCH_JOB,
    subnets: referencedIds(valueAtPath(properties, 'ComputeResources', 'Subnets')),
    groups: referencedIds(valueAtPath(properties, 'ComputeResources', 'SecurityGroupIds')),
    hasPublicAddress: definitions.some(mayHavePublicAddress),
    listens: undefined,
    conditions,
  };
}

function mayHavePublicAddress(jobDefinition: NamedResource): boolean {
  const text = JSON.stringify(jobDefinition.properties);
  return MAY_HAVE_PUBLIC_ADDRESS.test(text);
}

function database({ id, properties, conditions }: NamedResource, resources: Resources): Place {
  const isPublic = properties['PubliclyAccessible'];
  const groupIds = subnetGroupIdsOf(properties, resources);
  const allGroups = resources.ofType('AWS::RDS::DBSubnetGroup');
  const subnetGroups = allGroups.filter((group) => groupIds.includes(group.id));
  return {
    id,
    name: DATABASE,
    subnets: referencedIds(subnetGroups.map((group) => group.properties['SubnetIds'])),
    groups: referencedIds(properties['VPCSecurityGroups']),
    // AWS's default depends on the subnets.
    hasPublicAddress: isPublic === undefined || mayDiffer(isPublic, false),
    listens: [Number(properties['Port'] ?? POSTGRESQL_PORT)],
    conditions,
  };
}

/** A replica is where its source is, unless it sets its own group. */
function subnetGroupIdsOf(properties: Properties, resources: Resources): string[] {
  const sourceIds = referencedIds(properties['SourceDBInstanceIdentifier']);
  const databases = resources.ofType('AWS::RDS::DBInstance');
  const source = databases.find(({ id }) => sourceIds.includes(id));
  return referencedIds(properties['DBSubnetGroupName'] ?? source?.properties['DBSubnetGroupName']);
}

function refersTo(id: string, value: unknown): boolean {
  return referencedIds(value).includes(id);
}

/** True if a value is set and may differ from another one. Results of functions are unknown at synth. */
function mayDiffer(value: unknown, other: string | boolean): boolean {
  if (value === undefined) return false;
  const text = stableJson(value);
  return text !== stableJson(other) && text !== stableJson(String(other));
}
