import { dev } from '../support/configs/dev';
import { prod } from '../support/configs/prod';
import { template } from '../support/assembly';
import type { Json, Template } from '../support/template';
import { whyNotDeployable } from './support/deployable';

/** The properties of the first resource of a type, to be broken. */
function first(changed: Template, type: string): Record<string, Json> {
  return Object.values(changed.Resources).find(({ Type }) => Type === type)?.Properties ?? {};
}

test('the real environments are deployable', () => {
  expect([...whyNotDeployable(template('dev'), dev), ...whyNotDeployable(template('prod'), prod)]).toEqual([]);
});

test.each<[string, string, string, Json]>([
  ['a value is null', 'AWS::RDS::DBInstance', 'AllocatedStorage', null],
  ['a number is none', 'AWS::RDS::DBInstance', 'AllocatedStorage', 'NaN'],
  ['a token is not resolved', 'AWS::RDS::DBInstance', 'DBName', '${Token[TOKEN.1]}'],
  ['3 dynamic references; the password has two', 'AWS::RDS::DBInstance', 'DBName', '{{resolve:ssm:/a:1}}'],
  ['the template is too large', 'AWS::RDS::DBInstance', 'DBName', '-'.repeat(1_000_000)],
  ['no Nothing', 'AWS::EC2::Subnet', 'VpcId', { Ref: 'Nothing' }],
  ['"" is no range of a subnet', 'AWS::EC2::Subnet', 'CidrBlock', ''],
  ['two subnets with one range', 'AWS::EC2::Subnet', 'CidrBlock', '10.0.2.0/24'],
])('a broken template is not: %s', (why, type, property, value) => {
  const changed = template('prod');
  first(changed, type)[property] = value;
  expect(whyNotDeployable(changed, prod)).toEqual([why]);
});

test('nor is one that breaks an invariant of every environment', () => {
  const changed = template('prod');
  first(changed, 'AWS::RDS::DBInstance')['PubliclyAccessible'] = true;
  expect(whyNotDeployable(changed, prod)).toHaveLength(1);
});
