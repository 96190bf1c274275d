import { template } from '../support/assembly';
import { Deployed, deployed } from '../support/deployed';
import { type ConfiguredEnvironment, everyEnvironment, type TestEnvironment } from '../support/environments';
import { ACCOUNT, deliverySpecification, sessionHours, specification } from './specification';
import { rightsOf } from './statements';

/** Other kinds of IAM resources would give rights that nothing here reads. */
const READ = ['AWS::IAM::OIDCProvider', 'AWS::IAM::Policy', 'AWS::IAM::Role'];

const environments = Object.keys(everyEnvironment) as (TestEnvironment | ConfiguredEnvironment)[];
const delivery = new Deployed(template('delivery'));

describe.each([
  ...environments.map((name) => ({
    name,
    stack: deployed(name),
    account: everyEnvironment[name].account ?? ACCOUNT,
    expected: specification(name.replace('lib/', ''), everyEnvironment[name]),
  })),
  { name: 'delivery', stack: delivery, account: ACCOUNT, expected: deliverySpecification },
])('$name', ({ stack, account, expected }) => {
  const rights = () => rightsOf(stack);

  test('every role and every policy of a resource is specified, and rights come from them alone', () => {
    expect(Object.keys(rights()).sort()).toEqual(Object.keys(expected).sort());
    const types = Object.values(stack.template.Resources).map(({ Type }) => Type);
    expect(types.filter((type) => type.startsWith('AWS::IAM::') && !READ.includes(type))).toEqual([]);
  });

  test.each(Object.entries(expected))(
    '%s: who assumes it and what it may do is specified, word by word',
    (path, lines) => {
      const found = rights()[path] ?? [];
      expect(found.map((line) => line.replaceAll(account, ACCOUNT)).sort()).toEqual([...lines].sort());
    },
  );
});

test.each(Object.keys(deliverySpecification))('%s: its sessions are no longer than its workflow needs', (path) => {
  const [role] = delivery.all('AWS::IAM::Role').filter((one) => one.path === path);
  expect(role?.properties['MaxSessionDuration']).toBe(sessionHours(path) * 3600);
});
