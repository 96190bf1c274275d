import { costChange } from '../src/cost-change';
import { renderWords } from '@infra/change-review/words';
import { changed, stackOf, type TemplateChange, templateOfApp, withClass } from './support';

const dev = stackOf(templateOfApp('dev'));

/** The line of a review on the cost of an environment before and after a change; either may be absent. */
const lineOf = (...sides: Parameters<typeof costChange>) =>
  renderWords(costChange(...sides)?.line ?? [], (code) => code);

const lineOfChange = (change: TemplateChange) => lineOf(dev, stackOf(changed(change)));

const MORE_CPU = { 'AWS::ECS::TaskDefinition': { Cpu: '1024', Memory: '2048' } };

test('a change that costs nothing is not mentioned', () => {
  const renamed = changed({ properties: { 'AWS::ECS::Service': { ServiceName: 'another' } } });
  expect(costChange(dev, stackOf(renamed))).toBeUndefined();
});

test('a part that gets cheaper, and one that gets dearer: what changes most comes first', () => {
  const properties = { ...MORE_CPU, 'AWS::RDS::DBInstance': { AllocatedStorage: '10' } };
  expect(lineOfChange({ properties })).toMatch(/^\d+\.\d\d → \d+\.\d\d USD per month: Fargate \+11\.95, RDS −1\.38$/);
  const details = costChange(dev, stackOf(changed({ properties })))?.details;
  expect(details).toContain('- RDS: RDS:GP3-Storage, 20 GB-Mo: 2.76 USD');
});

describe('a class whose price is not in prices.json', () => {
  const unpriced = stackOf(withClass('db.r8g.large'));

  test('after the change or before it, is one line that names it: the sum without it would report a saving', () => {
    const line =
      'the change is unknown: packages/cost/src/prices.json has no price, or the template no number, for ' +
      'AmazonRDS InstanceUsage:db.r8g.large';
    expect(lineOf(dev, unpriced)).toBe(line);
    expect(lineOf(unpriced, dev)).toBe(line);
  });

  test('on both sides: the sums are "?", and the difference is that of the parts that change', () => {
    const properties = { ...MORE_CPU, 'AWS::RDS::DBInstance': { DBInstanceClass: 'db.r8g.large' } };
    expect(lineOf(unpriced, stackOf(changed({ properties })))).toBe('? → ? USD per month: Fargate +11.95');
  });
});

test('what is newly in no sum is named beside it', () => {
  const added = { A: { Type: 'AWS::GameLift::Fleet' } };
  expect(lineOfChange({ added })).toMatch(/^\d+\.\d\d USD per month, and not in the sum: AWS::GameLift::Fleet \(1\)$/);
});

test('an environment that comes, and one that goes: the parts that matter, the others in the details', () => {
  expect(lineOf(dev)).toMatch(
    /^\d+\.\d\d → 0\.00 USD per month: Load balancer −18\.32, RDS −12\.71, Fargate −11\.95, Public IPv4 −9\.24, \d+ more$/,
  );
  const lineOfProd = lineOf(undefined, stackOf(templateOfApp('prod'), 'ProoflinkProd'));
  expect(lineOfProd).toMatch(/^0\.00 → \d+\.\d\d–\d+\.\d\d USD per month: Fargate \+89\.97 to \+179\.93, /);
  expect(lineOfProd).toMatch(/ more; not in the sum: .+ more$/);
});
