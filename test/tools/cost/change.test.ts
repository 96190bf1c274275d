import { costChange } from '../../../tools/cost/change';
import { template } from '../../support/assembly';
import { assemblyOf, changed, stackOf } from './support';

const dev = stackOf(template('dev'));
const lineOf = (...changes: Parameters<typeof costChange>) => costChange(...changes).map(({ line }) => line);

test('a change that costs nothing is not mentioned', () => {
  const renamed = changed({ properties: { 'AWS::ECS::Service': { ServiceName: 'another' } } });
  expect(costChange(assemblyOf(dev), assemblyOf(stackOf(renamed)))).toEqual([]);
});

test('a NAT gateway is one line with what it adds, and what is not known of it', () => {
  const added = { Nat: { Type: 'AWS::EC2::NatGateway' }, Address: { Type: 'AWS::EC2::EIP' } };
  const [change, ...others] = costChange(assemblyOf(dev), assemblyOf(stackOf(changed({ added }))));
  expect(others).toEqual([]);
  expect(change).toEqual({
    line:
      'ProoflinkDev: 56.06 → 104.97 USD per month: Public IPv4 +3.65, NAT gateway +45.26, ' +
      'not priced: NAT gateway: data through it',
    details: [
      '+ Public IPv4: elastic: 1: 3.65 USD',
      '+ NAT gateway: 1, 730 h: 45.26 USD',
      'not priced: NAT gateway: data through it',
    ],
  });
});

test('a part that gets cheaper, one that gets dearer, and a class without a price', () => {
  const properties = {
    'AWS::RDS::DBInstance': { DBInstanceClass: 'db.r8g.large' },
    'AWS::ECS::TaskDefinition': { Cpu: '1024', Memory: '2048' },
  };
  const [change] = costChange(assemblyOf(dev), assemblyOf(stackOf(changed({ properties }))));
  expect(change?.line).toBe(
    'ProoflinkDev: 56.06 → 58.06 USD per month: RDS −9.95, Fargate +11.95, ' +
      'not priced: RDS: db.r8g.large, one zone, 398 h',
  );
  expect(change?.details).toContain('- RDS: db.t4g.micro, one zone, 398 h: 9.95 USD');
});

test('an environment that comes, and one that goes', () => {
  const prod = stackOf(template('prod'), 'ProoflinkProd');
  expect(lineOf(assemblyOf(dev), assemblyOf(prod))).toEqual([
    expect.stringMatching(/^ProoflinkDev: 56\.06 → 0\.00 USD per month: RDS −12\.71, /),
    expect.stringMatching(/^ProoflinkProd: 0\.00 → 321\.47–418\.74 USD per month: .+Fargate \+89\.97 to \+179\.93, /),
  ]);
});
