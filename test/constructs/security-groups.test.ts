import { Match, Template } from 'aws-cdk-lib/assertions';
import { SecurityGroups, type SecurityGroupsProps } from '../../lib/constructs/security-groups';
import { importVpc, names, newStack } from '../support/construct';

const GROUP = 'AWS::EC2::SecurityGroup';

function build(props: Partial<SecurityGroupsProps> = {}): Template {
  const stack = newStack();
  new SecurityGroups(stack, 'SecurityGroups', {
    names,
    vpc: importVpc(stack),
    openPorts: [443],
    allowedRanges: ['0.0.0.0/0'],
    userImport: true,
    ...props,
  });
  return Template.fromStack(stack);
}

/** Names of the groups that reach another one, each with the port. */
function sourcesOf(template: Template, group: string): string[] {
  const groups = Object.entries(template.findResources(GROUP));
  const nameOf = (reference: unknown) => {
    const [, resource] = groups.find(([id]) => JSON.stringify(reference).includes(`"${id}"`)) ?? [];
    return (resource?.['Properties'] as { GroupName: string }).GroupName;
  };
  const rules = Object.values(template.findResources('AWS::EC2::SecurityGroupIngress'));
  return rules
    .map(({ Properties }) => Properties as Record<string, unknown>)
    .filter(({ GroupId }) => nameOf(GroupId) === group)
    .map((rule) => `${nameOf(rule['SourceSecurityGroupId'])}: ${String(rule['FromPort'])}-${String(rule['ToPort'])}`);
}

test('only the allowed ranges come in, on each open port', () => {
  // A rule for everyone beside them would let all in.
  build({ openPorts: [80, 443], allowedRanges: ['54.249.113.0/24', '13.112.100.7/32'] }).hasResourceProperties(GROUP, {
    GroupName: names.securityGroups.alb,
    SecurityGroupIngress: [
      Match.objectLike({ CidrIp: '54.249.113.0/24', FromPort: 80, ToPort: 80, Description: 'HTTP' }),
      Match.objectLike({ CidrIp: '13.112.100.7/32', FromPort: 80, ToPort: 80, Description: 'HTTP' }),
      Match.objectLike({ CidrIp: '54.249.113.0/24', FromPort: 443, ToPort: 443, Description: 'HTTPS' }),
      Match.objectLike({ CidrIp: '13.112.100.7/32', FromPort: 443, ToPort: 443, Description: 'HTTPS' }),
    ],
  });
});

test('only the load balancer reaches the web tasks', () => {
  expect(sourcesOf(build(), names.securityGroups.ecs)).toEqual([`${names.securityGroups.alb}: 3000-3000`]);
});

test('only web tasks and import jobs reach the database', () => {
  expect(sourcesOf(build(), names.securityGroups.rds)).toEqual([
    `${names.securityGroups.ecs}: 5432-5432`,
    `${names.securityGroups.batch}: 5432-5432`,
  ]);
});

test('without a user import only web tasks reach the database', () => {
  const template = build({ userImport: false });
  template.resourceCountIs(GROUP, 3);
  expect(sourcesOf(template, names.securityGroups.rds)).toEqual([`${names.securityGroups.ecs}: 5432-5432`]);
});
