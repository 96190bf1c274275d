import { costChange } from '../src/cost-change';
import { renderWords } from '@infra/change-review/words';
import { adding, changed, having, stackOf, type TemplateChange, templateOfApp } from './support';

const dev = stackOf(templateOfApp('dev'));

/** The line of a review on the cost of an environment before and after a change; either may be absent. */
const lineOf = (...sides: Parameters<typeof costChange>) =>
  renderWords(costChange(...sides)?.line ?? [], (code) => code);

const lineOfChange = (change: TemplateChange) => lineOf(dev, stackOf(changed(change)));

test('a change that costs nothing is not mentioned', () => {
  expect(costChange(dev, stackOf(changed(having('ECS::Service', { ServiceName: 'another' }))))).toBeUndefined();
});

test('a part that gets cheaper, and one that gets dearer: what changes most comes first', () => {
  const properties = {
    'AWS::RDS::DBInstance': { AllocatedStorage: '10' },
    'AWS::ECS::TaskDefinition': { Cpu: '1024', Memory: '2048' },
  };
  expect(lineOfChange({ properties })).toBe('56.06 → 66.63 USD per month: Fargate +11.95, RDS −1.38');
  expect(costChange(dev, stackOf(changed({ properties })))?.details).toContain(
    '- RDS: 20 GB of gp3, one zone: 2.76 USD',
  );
});

/** A change of dev whose cost is unknown. */
interface UnknownCost {
  readonly title: string;
  readonly change: TemplateChange;
  readonly missing: string;
}

const UNKNOWN_COSTS: readonly UnknownCost[] = [
  {
    title: 'a class without a price',
    change: having('RDS::DBInstance', { DBInstanceClass: 'db.r8g.large' }),
    missing: 'RDS: db.r8g.large, one zone, 398 h: No pri',
  },
  {
    title: 'storage whose size is no number',
    change: having('RDS::DBInstance', { AllocatedStorage: { Ref: 'Size' } }),
    missing: 'RDS: [object Object] GB of gp3',
  },
  {
    title: 'a service whose number of tasks is unknown',
    change: having('ECS::Service', { DesiredCount: { Ref: 'Tasks' } }),
    missing: 'Fargate: Web/Service/Service: Only services',
  },
];

describe.each(UNKNOWN_COSTS)('$title: a sum without the unknown cost would report a saving', ({ change, missing }) => {
  test('after the change, the line names what is missing', () => {
    expect(lineOfChange(change)).toContain(`the cost could not be computed: ${missing}`);
  });

  test('before the change, there is no sum, either', () => {
    expect(lineOf(stackOf(changed(change)), dev)).toMatch(/^the cost could not be computed: /);
  });
});

test('a sum that is unknown on both sides is "?", and the difference is that of the parts that change', () => {
  const withoutPrice = { 'AWS::RDS::DBInstance': { DBInstanceClass: 'db.r8g.large' } };
  const withMoreTasks = { ...withoutPrice, 'AWS::ECS::TaskDefinition': { Cpu: '1024', Memory: '2048' } };
  const before = stackOf(changed({ properties: withoutPrice }));
  const after = stackOf(changed({ properties: withMoreTasks }));
  expect(lineOf(before, after)).toBe('? → ? USD per month: Fargate +11.95');
});

test('so it is in a region without prices, and nothing where nothing changes there', () => {
  const elsewhere = stackOf(templateOfApp('dev'), 'ProoflinkDev', 'us-east-1');
  expect(lineOf(dev, elsewhere)).toContain('the cost could not be computed: ');
  expect(costChange(elsewhere, elsewhere)).toBeUndefined();
});

test('a resource of unknown cost is named beside the sum', () => {
  // A team's own resources of other unknown types are in this line, too.
  expect(lineOfChange(adding('GameLift::Fleet'))).toMatch(
    /^56\.06 USD per month, and not priced: .*AWS::GameLift::Fleet \(1\)/,
  );
});

test('an environment that comes, and one that goes: the parts that matter, the others in the details', () => {
  const prod = stackOf(templateOfApp('prod'), 'ProoflinkProd');
  expect(lineOf(dev)).toBe(
    '56.06 → 0.00 USD per month: Load balancer −18.32, RDS −12.71, Fargate −11.95, Public IPv4 −9.24, 6 more',
  );
  expect(costChange(dev)?.details).toContain('- RDS: db.t4g.micro, one zone, 398 h: 9.95 USD');
  const lineOfProd = lineOf(undefined, prod);
  expect(lineOfProd).toMatch(/^0\.00 → 321\.67–418\.94 USD per month: Fargate \+89\.97 to \+179\.93, /);
  expect(lineOfProd).toMatch(/ more; not priced: .+ more$/);
});

describe('a template that only a mistake or an attack makes', () => {
  /** dev with a resource whose property depends on a condition, among others. */
  function withConditions(conditions: object, nameOfCondition: string) {
    const property = { 'Fn::If': [nameOfCondition, '1', '2'] };
    const devTemplate = changed({ added: { Fleet: { Type: 'AWS::GameLift::Fleet', Properties: { A: property } } } });
    return stackOf({ ...devTemplate, Conditions: { ...(devTemplate.Conditions as object), ...conditions } });
  }
  const LINE = /^56\.06 USD per month, and not priced: .*AWS::GameLift::Fleet \(1\)/;

  test('types with the names of properties of every object are types', () => {
    const types = ['constructor', 'valueOf', '__proto__'];
    const added = Object.fromEntries(types.map((Type) => [`A${Type}`, { Type }]));
    expect(lineOfChange({ added })).toMatch('not priced: constructor (1), valueOf (1), __proto__ (1)');
  });

  test('a condition that is twice the next one, two hundred times over, ends soon', () => {
    const conditions = Array.from({ length: 200 }, (_, index) => {
      const next = { Condition: `C${index + 1}` };
      return [`C${index}`, { 'Fn::Or': [next, next] }] as const;
    });
    expect(lineOf(dev, withConditions(Object.fromEntries(conditions), 'C0'))).toMatch(LINE);
  });

  test('a condition that is its own opposite ends soon', () => {
    const conditions = { Loop: { 'Fn::Not': [{ Condition: 'Loop' }] } };
    expect(lineOf(dev, withConditions(conditions, 'Loop'))).toMatch(LINE);
  });
});
