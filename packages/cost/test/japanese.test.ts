import { writeAssembly } from '@infra/change-review/testing';
import { textWidth } from '@infra/common/text-width';
import { runCost } from '../src/cost';
import { templateOfApp } from './support';

jest.mock('@infra/common/language', () => ({
  language: 'ja',
  wordsOf: <Words>({ ja }: { readonly ja: Words }): Words => ja,
}));

const assembly = writeAssembly({ stacks: { ProoflinkProd: { template: { ...templateOfApp('prod') } } } });

test('tables of full-width letters have 80 columns, and cut no text', async () => {
  const { stdout } = await runCost(['prod'], { assembly });
  const lines = stdout.split('\n');
  const tableLines = lines.filter((line) => /^[│┌├└]/.test(line));
  expect(new Set(tableLines.map(textWidth))).toEqual(new Set([80]));
  expect(lines.filter((line) => textWidth(line) > 80)).toEqual([]);
  expect(stdout).not.toContain('…');
  expect(stdout).toContain('│ パブリックIPv4    │ ロードバランサーのゾーン │');
});

test('--json names its language, and keeps its keys and the names of the parts', async () => {
  const { stdout } = await runCost(['prod'], { assembly, json: true });
  const { language, environments } = JSON.parse(stdout) as {
    readonly language: string;
    readonly environments: readonly { readonly lines: readonly object[] }[];
  };
  expect(language).toBe('ja');
  expect(environments[0]?.lines).toContainEqual(
    expect.objectContaining({ part: 'Public IPv4', what: 'ロードバランサーのゾーンごとに1個: 2個' }),
  );
});
