import type { SynthesizedStack } from '@infra/common/assembly';
import type { Resource, Template } from '@infra/common/template';
import { isRecord } from '@infra/common/values';
import { OWN_STACK_NAME } from './environment';
import type { Place } from './place';
import { words } from './words';

/** Policies by which a resource outlives its stack. */
const KEEPING_POLICIES: ReadonlySet<unknown> = new Set(['Retain', 'RetainExceptOnCreate', 'Snapshot']);

/** Types that CloudFormation snapshots if the template has no policy for them. */
const SNAPSHOT_BY_DEFAULT: ReadonlySet<string> = new Set(['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster']);

/** Services in which a rehearsal has nothing: names and certificates belong to the team. */
const REFUSED_SERVICES = ['AWS::Route53', 'AWS::CertificateManager'];

/** A property, or the key of an attribute, by which AWS refuses to delete a resource. */
const PROTECTION_KEY = /^deletion_?protection(_?enabled|\.enabled)?$/i;

/**
 * Reasons for which the stacks of an assembly are no rehearsal: it holds another stack, or the stack could not delete itself
 * without a trace.
 */
export function assemblyFindings(stacks: ReadonlyMap<string, SynthesizedStack>, { account, region }: Place): string[] {
  const names = [...stacks.keys()];
  const stack = stacks.get(OWN_STACK_NAME);
  if (!stack || names.length > 1) return [words.otherStacksInAssembly({ names, stackName: OWN_STACK_NAME })];
  const findings: string[] = [];
  const expectedEnvironment = `aws://${account}/${region}`;
  if (stack.environment !== expectedEnvironment) {
    findings.push(words.otherEnvironment({ environment: stack.environment, expectedEnvironment }));
  }
  if (stack.terminationProtection) findings.push(words.terminationProtected({ stackName: OWN_STACK_NAME }));
  return [...findings, ...templateFindings(stack.template)];
}

/** Reasons for which the stack of a template could not delete itself without a trace. */
export function templateFindings({ Resources }: Template): string[] {
  return Object.entries(Resources).flatMap(([logicalId, resource]) => resourceFindings(logicalId, resource));
}

function resourceFindings(logicalId: string, resource: Resource): string[] {
  const { Type: type } = resource;
  const findings: string[] = [];
  for (const attribute of ['DeletionPolicy', 'UpdateReplacePolicy'] as const) {
    const policy = policyOf(resource, attribute);
    if (KEEPING_POLICIES.has(policy))
      findings.push(words.outlivesStack({ logicalId, type, attribute, policy: String(policy) }));
  }
  if (isProtected(resource.Properties)) findings.push(words.deletionProtected({ logicalId, type }));
  if (REFUSED_SERVICES.some((service) => type.startsWith(service)))
    findings.push(words.refusedType({ logicalId, type }));
  return findings;
}

function policyOf(resource: Resource, attribute: 'DeletionPolicy' | 'UpdateReplacePolicy'): unknown {
  const byDefault = attribute === 'DeletionPolicy' && SNAPSHOT_BY_DEFAULT.has(resource.Type) ? 'Snapshot' : 'Delete';
  return resource[attribute] ?? byDefault;
}

/** True if a property at any depth switches a deletion protection on, or if its value is only known in AWS. */
function isProtected(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(isProtected);
  if (!isRecord(value)) return false;
  const { Key: key, Value: attributeValue } = value;
  if (typeof key === 'string' && PROTECTION_KEY.test(key)) return !isOff(attributeValue);
  return Object.entries(value).some(([name, inner]) => {
    return PROTECTION_KEY.test(name) ? !isOff(inner) : isProtected(inner);
  });
}

function isOff(value: unknown): boolean {
  return value === false || value === 'false';
}
