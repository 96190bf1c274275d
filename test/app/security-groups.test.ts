import { deployed } from '../support/deployed';

const INGRESS = 'AWS::EC2::SecurityGroupIngress';

/** Rules of a load balancer's own security group that name ranges. */
function rangesOf(environment: 'testopen' | 'testweekdays') {
  return deployed(environment).at('AWS::EC2::SecurityGroup', 'SecurityGroupIngress', 'SecurityGroups/Alb');
}

test('only the allowed ranges come in, on each open port', () => {
  // A rule for everyone beside them would let all in.
  const rules = [
    { CidrIp: '54.249.113.0/24', FromPort: 80, ToPort: 80, Description: 'HTTP' },
    { CidrIp: '13.112.100.7/32', FromPort: 80, ToPort: 80, Description: 'HTTP' },
    { CidrIp: '54.249.113.0/24', FromPort: 443, ToPort: 443, Description: 'HTTPS' },
    { CidrIp: '13.112.100.7/32', FromPort: 443, ToPort: 443, Description: 'HTTPS' },
  ];
  expect(rangesOf('testopen')).toEqual(rules.map((rule) => ({ ...rule, IpProtocol: 'tcp' })));
});

test('with CloudFront before the load balancer, only its addresses come in', () => {
  // Other clients would be let in by another rule, and CloudFront by none of a range.
  expect(rangesOf('testweekdays')).toBeUndefined();
  const rules = deployed('testweekdays')
    .all(INGRESS)
    .map(({ properties }) => properties);
  expect(rules.filter(({ GroupId }) => GroupId === 'prooflink-testweekdays-alb-sg')).toEqual([
    expect.objectContaining({ SourcePrefixListId: 'pl-58a04531', FromPort: 80, ToPort: 80 }),
  ]);
});

test('without a user import only web tasks reach the database', () => {
  const rules = deployed('testlean')
    .all(INGRESS)
    .map(({ properties }) => properties);
  const sources = rules.filter(({ ToPort }) => ToPort === 5432).map((rule) => rule['SourceSecurityGroupId']);
  expect(sources).toEqual(['prooflink-testlean-ecs-sg']);
});
