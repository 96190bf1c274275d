import { deployed } from '../support/deployed';
import { rowsOf, tables, valueAt, withName } from './rows';

describe.each(['dev', 'prod'] as const)('the guide, %s', (environment) => {
  const stack = deployed(environment);

  test.each(rowsOf(environment))('$title', ({ type, called, path, expected }) => {
    expect(valueAt(stack, type, called, path)).toEqual(expected);
  });

  const others = tables.filter(({ only }) => only && only !== environment);
  test.each(others)('$chapter: has none of $resource, which is for the other environment', ({ resource }) => {
    const [type, called] = resource;
    const found = stack
      .all(type)
      .filter(({ name, path }) => !called || [name, path].includes(withName(called, environment)));
    expect(found).toEqual([]);
  });
});
