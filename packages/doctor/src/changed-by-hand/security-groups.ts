import { EC2, type IpPermission } from '@aws-sdk/client-ec2';
import { omitKeys } from '@infra/common/values';
import { readAll } from '@infra/operate/deployed/pages';
import type { Addition, ComparedResource, Comparison, Properties } from './comparison';
import { differencesBetween } from './differences';

/** Comparison of an ingress rule that is a resource of its own. */
export const INGRESS_RULE: Comparison = {
  expects: () => ({}),
  read: async (compared) => {
    const rules = await readIngressRules(compared, compared.properties.GroupId);
    return rules.find((rule) => isSameRule(compared.properties, rule));
  },
  fix: ({ properties }) => [
    'ec2 authorize-security-group-ingress',
    { GroupId: properties.GroupId, IpPermissions: [permissionOf(properties as IngressRule)] },
  ],
};

/** An ingress rule as a template declares it, with one source: addresses, a prefix list or a security group. */
interface IngressRule {
  readonly IpProtocol?: string;
  readonly FromPort?: number | string;
  readonly ToPort?: number | string;
  readonly CidrIp?: string;
  readonly CidrIpv6?: string;
  readonly SourcePrefixListId?: string;
  readonly SourceSecurityGroupId?: string;
  readonly Description?: string;
}

/**
 * Reads the ingress rules of a security group that the template does not declare. CloudFormation compares the rules only
 * if the template declares some within the group.
 */
export async function readAddedIngressRules(compared: ComparedResource): Promise<Addition[]> {
  const { properties, physicalId: GroupId, stackResources } = compared;
  const isComparedByCloudFormation = 'SecurityGroupIngress' in properties;
  if (isComparedByCloudFormation) return [];
  const declaredRules = stackResources.filter(
    (resource) => resource.type === 'AWS::EC2::SecurityGroupIngress' && resource.properties['GroupId'] === GroupId,
  );
  const isDeclared = (rule: IngressRule) => declaredRules.some((declared) => isSameRule(declared.properties, rule));
  const rules = await readIngressRules(compared, GroupId);
  const added = rules.filter((rule) => !isDeclared(rule));
  return added.map((rule) => ({
    property: 'Ingress',
    text: ruleText(rule),
    fix: ['ec2 revoke-security-group-ingress', { GroupId, IpPermissions: [permissionOf(rule)] }],
  }));
}

/** A rule in short, as protocol, ports and source: `tcp 22 0.0.0.0/0`. */
function ruleText({ IpProtocol = '', FromPort = '', ToPort = '', ...source }: IngressRule): string {
  const ports = FromPort === ToPort ? FromPort : `${FromPort}-${ToPort}`;
  const { CidrIp, CidrIpv6, SourceSecurityGroupId, SourcePrefixListId } = source;
  return `${IpProtocol} ${ports} ${CidrIp ?? CidrIpv6 ?? SourceSecurityGroupId ?? SourcePrefixListId}`;
}

/** True if a rule of a security group is that of the template; their descriptions may differ. */
function isSameRule(declared: Properties, actual: IngressRule): boolean {
  const comparedProperties = omitKeys(declared, 'GroupId', 'Description');
  return differencesBetween(comparedProperties, actual).length === 0;
}

/** Reads the ingress rules of a security group, as a template declares them. */
async function readIngressRules({ environment }: ComparedResource, groupId: string): Promise<IngressRule[]> {
  const pages = environment.client(EC2).paginateDescribeSecurityGroups({ GroupIds: [groupId] });
  const [group] = await readAll(pages, 'SecurityGroups');
  const permissions = group?.IpPermissions ?? [];
  return permissions.flatMap(rulesOf);
}

/** Rules of a permission of EC2's API, which has the sources for the same ports in four lists. */
function rulesOf(permission: IpPermission): IngressRule[] {
  const { IpProtocol, FromPort, ToPort } = permission;
  const { IpRanges = [], Ipv6Ranges = [], UserIdGroupPairs = [], PrefixListIds = [] } = permission;
  const ports = { IpProtocol, FromPort, ToPort };
  return [
    ...IpRanges.map(({ CidrIp }) => ({ ...ports, CidrIp })),
    ...Ipv6Ranges.map(({ CidrIpv6 }) => ({ ...ports, CidrIpv6 })),
    ...UserIdGroupPairs.map(({ GroupId }) => ({ ...ports, SourceSecurityGroupId: GroupId })),
    ...PrefixListIds.map(({ PrefixListId }) => ({ ...ports, SourcePrefixListId: PrefixListId })),
  ];
}

/** A rule as a permission of EC2's API, in which all lists but that of its source are left out. */
function permissionOf(rule: IngressRule): IpPermission {
  const { IpProtocol, CidrIp, CidrIpv6, SourcePrefixListId, SourceSecurityGroupId, Description } = rule;
  return {
    IpProtocol,
    FromPort: portOf(rule.FromPort),
    ToPort: portOf(rule.ToPort),
    Ipv6Ranges: CidrIpv6 ? [{ CidrIpv6, Description }] : undefined,
    IpRanges: CidrIp ? [{ CidrIp, Description }] : undefined,
    UserIdGroupPairs: SourceSecurityGroupId ? [{ GroupId: SourceSecurityGroupId, Description }] : undefined,
    PrefixListIds: SourcePrefixListId ? [{ PrefixListId: SourcePrefixListId, Description }] : undefined,
  };
}

/** A port as a number: a template may have it as a text. */
function portOf(port: number | string | undefined): number | undefined {
  return port === undefined ? undefined : Number(port);
}
