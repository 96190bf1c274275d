import { template } from '../support/assembly';
import { Deployed, deployed } from '../support/deployed';
import { type ConfiguredEnvironment, everyEnvironment, type TestEnvironment } from '../support/environments';
import { ACCOUNT, deliverySpecification, specification } from './specification';
import { rightsOf } from './statements';

/** Other kinds of IAM resources would give rights that nothing here reads. */
const READ = ['AWS::IAM::ManagedPolicy', 'AWS::IAM::OIDCProvider', 'AWS::IAM::Policy', 'AWS::IAM::Role'];

const environments = Object.keys(everyEnvironment) as (TestEnvironment | ConfiguredEnvironment)[];
const delivery = new Deployed(template('delivery'));

interface Specified {
  readonly name: string;
  readonly stack: Deployed;
  readonly account: string;
  readonly expected: Readonly<Record<string, readonly string[]>>;
}

const ENVIRONMENTS: readonly Specified[] = environments.map((name) => ({
  name,
  stack: deployed(name),
  account: everyEnvironment[name].account ?? ACCOUNT,
  expected: specification(name.replace('lib/', ''), everyEnvironment[name]),
}));

const DELIVERY: Specified = {
  name: 'delivery',
  stack: delivery,
  account: ACCOUNT,
  expected: deliverySpecification,
};

describe.each([...ENVIRONMENTS, DELIVERY])('$name', ({ stack, account, expected }) => {
  test('every role and every policy of a resource is in test/rights/specification.ts', () => {
    expect(Object.keys(rightsOf(stack)).sort()).toEqual(Object.keys(expected).sort());
  });

  test('rights come from them alone: a user or a group would give others', () => {
    const types = stack.types().filter((type) => type.startsWith('AWS::IAM::'));
    expect(types.filter((type) => !READ.includes(type))).toEqual([]);
  });

  const roles = Object.entries(expected).map(([path, lines]) => ({ path, lines }));

  test.each(roles)(
    '$path: its trust and its rights are those of test/rights/specification.ts, word by word',
    ({ path, lines }) => {
      const found = rightsOf(stack)[path] ?? [];
      const inExampleAccount = found.map((line) => line.replaceAll(account, ACCOUNT));
      expect(inExampleAccount.sort()).toEqual([...lines].sort());
    },
  );
});
