import { template } from '../support/assembly';
import { Deployed, deployed } from '../support/deployed';
import { absentFrom, rowsOf, valueAt } from './rows';

describe.each(['dev', 'prod'] as const)('the guide, %s', (environment) => {
  const stack = deployed(environment);

  test.each(rowsOf(environment))('$title', (row) => {
    expect(valueAt(stack, row)).toEqual(row.expected);
  });

  test.each(absentFrom(environment))(
    '$chapter: has no $label, which is the other environment’s',
    ({ type, called }) => {
      const found = stack.all(type).filter(({ name, path }) => [name, path].includes(called));
      expect(found).toEqual([]);
    },
  );
});

// A team's own security group or listener would ask for a line in the guide, which does not have it.
test('a resource in a construct of a team’s own is none of the guide’s', () => {
  const teamsOwn = (type: string) => ({ Type: type, Metadata: { 'aws:cdk:path': 'ProoflinkDev/Cache/Own/Resource' } });
  const types = ['AWS::EC2::SecurityGroupIngress', 'AWS::EC2::Subnet', 'AWS::ElasticLoadBalancingV2::Listener'];
  const dev = template('dev');
  for (const type of types) dev.Resources[`Own${type.replaceAll('::', '')}`] = teamsOwn(type);
  const stack = new Deployed(dev, { AppImageTag: 'v1' });
  for (const row of rowsOf('dev')) expect(valueAt(stack, row)).toEqual(row.expected);
});
