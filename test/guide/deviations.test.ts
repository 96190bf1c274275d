import { isDeepStrictEqual } from 'node:util';
import * as configured from '../../lib/config';
import { deployed } from '../support/deployed';
import type { Json } from '../support/template';
import { deviations } from './deviations';
import { rowsOf, valueAt } from './rows';

/** The account of the guide's examples. */
const EXAMPLE = '123456789012';

/** Rows of the guide's tables with another value in an environment of lib/config. */
function differing(name: 'dev' | 'prod'): [row: string, says: string][] {
  const { account, alarms, loadBalancer } = configured[name];
  const stack = deployed(`lib/${name}`);
  // The guide's account and domain are examples, and so is the address for mails.
  const meant = (expected: Json = null): unknown =>
    JSON.parse(
      JSON.stringify(expected)
        .replaceAll('prooflink.example.com', loadBalancer.domain?.domainName ?? 'prooflink.example.com')
        .replaceAll('ops@example.com', alarms?.email ?? 'ops@example.com'),
    );
  return rowsOf(name).flatMap(({ title, type, called, path, expected }): [string, string][] => {
    const there = stack.all(type).filter((one) => !called || [one.name, one.path].includes(meant(called) as string));
    const table = `${name}: ${title.split(': ')[0] ?? ''}`;
    if (there.length !== 1 && !/[#*]/.test(path)) return [[table, `there are ${there.length}`]];
    const found: unknown = JSON.parse(
      JSON.stringify(valueAt(stack, type, there[0]?.path, path) ?? null).replaceAll(account ?? EXAMPLE, EXAMPLE),
    );
    const wanted = meant(expected);
    return isDeepStrictEqual(found, wanted)
      ? []
      : [[`${name}: ${title}`, `${JSON.stringify(found)}, in the guide ${JSON.stringify(wanted)}`]];
  });
}

test.each(['dev', 'prod'] as const)(
  'lib/config/%s.ts gives the values of the guide, or test/guide/deviations.ts says why not',
  (name) => {
    const unexplained = differing(name).filter(([row]) => !deviations[row]?.trim());
    expect(
      unexplained.map(
        ([row, says]) => `${says}. If that is meant, add to test/guide/deviations.ts: '${row}': '<why>',`,
      ),
    ).toEqual([]);
  },
);

test('each line of test/guide/deviations.ts is about a row that differs', () => {
  const rows = (['dev', 'prod'] as const).flatMap((name) => differing(name).map(([row]) => row));
  expect(Object.keys(deviations).filter((row) => !rows.includes(row))).toEqual([]);
});
