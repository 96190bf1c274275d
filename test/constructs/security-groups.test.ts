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
    originFacing: undefined,
    userImport: true,
    ...props,
  });
  return Template.fromStack(stack);
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

test('with CloudFront before the load balancer, only its addresses come in', () => {
  // Other clients would be let in by another rule, and CloudFront by none of a range.
  const template = build({ originFacing: 'pl-12345678' });
  const toLoadBalancer = { GroupId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^SecurityGroupsAlb'), 'GroupId'] } };
  template.hasResourceProperties(GROUP, {
    GroupName: names.securityGroups.alb,
    SecurityGroupIngress: Match.absent(),
  });
  template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
    ...toLoadBalancer,
    SourcePrefixListId: 'pl-12345678',
    FromPort: 80,
    ToPort: 80,
  });
});

test('without a user import only web tasks reach the database', () => {
  const template = build({ userImport: false });
  template.resourceCountIs(GROUP, 3);
  const toDatabase = { FromPort: 5432, ToPort: 5432 };
  template.resourcePropertiesCountIs('AWS::EC2::SecurityGroupIngress', toDatabase, 1);
  template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
    ...toDatabase,
    SourceSecurityGroupId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^SecurityGroupsEcs'), 'GroupId'] },
  });
});
