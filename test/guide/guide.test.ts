import { deployed } from '../support/deployed';
import { absentFrom, rowsOf, valueAt } from './rows';

describe.each(['dev', 'prod'] as const)('the guide, %s', (environment) => {
  const stack = deployed(environment);

  test.each(rowsOf(environment))('$title', ({ type, called, path, expected }) => {
    expect(valueAt(stack, type, called, path)).toEqual(expected);
  });

  test.each(absentFrom(environment))('$chapter: has no $name, which is the other environment’s', ({ type, name }) => {
    const found = stack.all(type).filter((one) => [type, one.name, one.path].includes(name));
    expect(found).toEqual([]);
  });
});
