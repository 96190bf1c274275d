import { EC2, type IpPermission } from '@aws-sdk/client-ec2';
import { objectsOf, omitKeys } from '@infra/common/values';
import { words } from '../words';
import { readAll } from '../pages';
import { type ComparedResource, type Comparison, EXISTENCE_ONLY, type Properties } from './comparison';
import { differencesBetween } from './differences';

/** Comparisons of the ingress rules that a template declares, and of security groups, to which others may be added. */
export const SECURITY_GROUP_COMPARISONS: Readonly<Record<string, Comparison>> = {
  'AWS::EC2::SecurityGroupIngress': {
    expects: EXISTENCE_ONLY,
    read: async (compared) => {
      const rules = await readIngressRules(compared, compared.properties.GroupId);
      return rules.find((rule) => isSameRule(compared.properties, rule));
    },
    fix: ({ properties }) => [
      'ec2 authorize-security-group-ingress',
      { GroupId: properties.GroupId, IpPermissions: [permissionOf(properties as IngressRule)] },
    ],
  },

  // CloudFormation compares the other properties of a security group, and its ingress rules only if the template declares
  // them within the group. `Ingress` has only the rules that were added by hand, and is expected to be empty.
  'AWS::EC2::SecurityGroup': {
    expects: () => ({ Ingress: [] }),
    read: async (compared) => ({ Ingress: await readAddedRules(compared) }),
    describeValue: (rule) => describeRule(rule as IngressRule),
    fix: ({ physicalId }, { actual }) => {
      // The group was deleted. A deployment creates it again, with its rules.
      if (!actual) return undefined;
      const addedRules = objectsOf(actual['Ingress']);
      return [
        'ec2 revoke-security-group-ingress',
        { GroupId: physicalId, IpPermissions: addedRules.map(permissionOf) },
      ];
    },
  },
};

/** An ingress rule as a template declares it, with one source: addresses, a prefix list or a security group. */
export interface IngressRule {
  readonly IpProtocol?: string;
  readonly FromPort?: number | string;
  readonly ToPort?: number | string;
  readonly CidrIp?: string;
  readonly CidrIpv6?: string;
  readonly SourcePrefixListId?: string;
  readonly SourceSecurityGroupId?: string;
  readonly Description?: string;
}

const ALL_PROTOCOLS = '-1';

/** Traffic that a rule admits: `tcp 22 from 0.0.0.0/0`. */
export function describeRule(rule: IngressRule): string {
  const { IpProtocol = ALL_PROTOCOLS, FromPort, ToPort } = rule;
  const source = rule.CidrIp ?? rule.CidrIpv6 ?? rule.SourceSecurityGroupId ?? rule.SourcePrefixListId;
  const ports = FromPort === ToPort ? (FromPort ?? '') : `${FromPort ?? ''}-${ToPort ?? ''}`;
  const traffic = IpProtocol === ALL_PROTOCOLS ? words.changedByHand.allTraffic() : `${IpProtocol} ${ports}`.trim();
  return words.changedByHand.traffic({ traffic, source: source ?? words.changedByHand.nowhere() });
}

/** Reads the ingress rules of a security group that the template does not declare. */
async function readAddedRules(compared: ComparedResource): Promise<IngressRule[]> {
  const isComparedByCloudFormation = 'SecurityGroupIngress' in compared.properties;
  if (isComparedByCloudFormation) return [];
  const groupId = compared.physicalId;
  const declaredRules = compared.stackResources.filter(
    ({ type, properties }) => type === 'AWS::EC2::SecurityGroupIngress' && properties['GroupId'] === groupId,
  );
  const isDeclared = (rule: IngressRule) => declaredRules.some(({ properties }) => isSameRule(properties, rule));
  const rules = await readIngressRules(compared, groupId);
  return rules.filter((rule) => !isDeclared(rule));
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
