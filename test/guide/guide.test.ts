import { deployed } from '../support/deployed';
import { absentFrom, rowsOf, valueAt } from './rows';

describe.each(['dev', 'prod'] as const)('the guide, %s', (environment) => {
  const stack = deployed(environment);

  test.each(rowsOf(environment))('$title', ({ type, called, path, expected }) => {
    expect(valueAt(stack, type, called, path)).toEqual(expected);
  });

  test.each(absentFrom(environment))(
    '$chapter: has no $label, which is the other environment’s',
    ({ type, called }) => {
      const found = stack.all(type).filter(({ name, path }) => [name, path].includes(called));
      expect(found).toEqual([]);
    },
  );
});
