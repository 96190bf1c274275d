import { costChange } from '../../../tools/cost/cost-change';
import { renderWords } from '@infra/change-review/words';
import { template } from '../../support/assembly';
import { adding, changed, having, stackOf } from './support';

const dev = stackOf(template('dev'));
const lineOf = (...sides: Parameters<typeof costChange>) =>
  renderWords(costChange(...sides)?.line ?? [], (code) => code);
const toDev = (...changes: Parameters<typeof changed>) => lineOf(dev, stackOf(changed(...changes)));

test('a change that costs nothing is not mentioned', () => {
  expect(costChange(dev, stackOf(changed(having('ECS::Service', { ServiceName: 'another' }))))).toBeUndefined();
});

test('a part that gets cheaper, and one that gets dearer: what changes most comes first', () => {
  const properties = {
    'AWS::RDS::DBInstance': { AllocatedStorage: '10' },
    'AWS::ECS::TaskDefinition': { Cpu: '1024', Memory: '2048' },
  };
  expect(toDev({ properties })).toBe('56.06 → 66.63 USD per month: Fargate +11.95, RDS −1.38');
  expect(costChange(dev, stackOf(changed({ properties })))?.details).toContain(
    '- RDS: 20 GB of gp3, one zone: 2.76 USD',
  );
});

/** A sum without what is unknown would report a saving. */
test.each<[string, Parameters<typeof changed>[0], string]>([
  [
    'no price',
    having('RDS::DBInstance', { DBInstanceClass: 'db.r8g.large' }),
    'RDS: db.r8g.large, one zone, 398 h: No pri',
  ],
  ['no number', having('RDS::DBInstance', { AllocatedStorage: { Ref: 'Size' } }), 'RDS: [object Object] GB of gp3'],
  [
    'no count',
    having('ECS::Service', { DesiredCount: { Ref: 'Tasks' } }),
    'Fargate: Web/Service/Service: Only services',
  ],
])('%s is no sum, before or after the change, and says what is missing', (_case, changes, missing) => {
  expect(lineOf(stackOf(changed(changes)), dev)).toMatch(/^the cost could not be computed: /);
  expect(toDev(changes)).toContain(`the cost could not be computed: ${missing}`);
});

test('a sum that is unknown on both sides is "?", and the difference is that of the parts that change', () => {
  const withoutPrice = { 'AWS::RDS::DBInstance': { DBInstanceClass: 'db.r8g.large' } };
  const withMoreTasks = { ...withoutPrice, 'AWS::ECS::TaskDefinition': { Cpu: '1024', Memory: '2048' } };
  const before = stackOf(changed({ properties: withoutPrice }));
  const after = stackOf(changed({ properties: withMoreTasks }));
  expect(lineOf(before, after)).toBe('? → ? USD per month: Fargate +11.95');
});

test('so it is in a region without prices, and nothing where nothing changes there', () => {
  const elsewhere = stackOf(template('dev'), 'ProoflinkDev', 'us-east-1');
  expect(lineOf(dev, elsewhere)).toContain('the cost could not be computed: ');
  expect(costChange(elsewhere, elsewhere)).toBeUndefined();
});

test('a resource of unknown cost is named beside the sum', () => {
  expect(toDev(adding('SQS::Queue'))).toBe('56.06 USD per month, and not priced: AWS::SQS::Queue (1)');
});

test('an environment that comes, and one that goes: the parts that matter, the others in the details', () => {
  const prod = stackOf(template('prod'), 'ProoflinkProd');
  expect(lineOf(dev)).toBe(
    '56.06 → 0.00 USD per month: Load balancer −18.32, RDS −12.71, Fargate −11.95, Public IPv4 −9.24, 6 more',
  );
  expect(costChange(dev)?.details).toContain('- RDS: db.t4g.micro, one zone, 398 h: 9.95 USD');
  expect(lineOf(undefined, prod)).toMatch(
    /^0\.00 → 321\.67–418\.94 USD per month: Fargate \+89\.97 to \+179\.93, .+ more; not priced: .+ more$/,
  );
});

test('types, names and conditions that only a mistake or an attack has end soon', () => {
  const twice = (name: string) => ({ 'Fn::Or': [{ Condition: name }, { Condition: name }] });
  const many = Array.from({ length: 200 }, (_, index) => [`C${index}`, twice(`C${index + 1}`)] as const);
  const Conditions = { ...Object.fromEntries(many), Loop: { 'Fn::Not': [{ Condition: 'Loop' }] } };
  const value = (name: string) => ({ 'Fn::If': [name, '1', '2'] });
  const Properties = { A: value('C0'), B: value('Loop') };
  const types = ['constructor', 'valueOf', '__proto__'];
  const odd = changed({ added: Object.fromEntries(types.map((Type) => [`A${Type}`, { Type, Properties }])) });
  const all = { ...odd, Conditions: { ...(odd.Conditions as object), ...Conditions } };
  expect(lineOf(dev, stackOf(all))).toMatch('not priced: constructor (1), valueOf (1), __proto__ (1)');
});
