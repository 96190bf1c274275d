import { writeAssembly } from '@infra/change-review/testing';
import { textWidth } from '@infra/common/text-width';
import { runCost } from '../src/cost';
import { templateOfApp, withClass } from './support';

jest.mock('@infra/common/language', () => ({
  language: 'ja',
  wordsOf: <Words>({ ja }: { readonly ja: Words }): Words => ja,
}));

const assembly = writeAssembly({
  stacks: {
    ProoflinkDev: { template: { ...withClass('db.r8g.large') } },
    ProoflinkProd: { template: { ...templateOfApp('prod') } },
  },
});

test('tables of full-width letters have 80 columns, and cut no text', async () => {
  const { stdout } = await runCost(['dev', 'prod'], { assembly });
  const lines = stdout.split('\n');
  const tableLines = lines.filter((line) => /^[│┌├└]/.test(line));
  expect(new Set(tableLines.map(textWidth))).toEqual(new Set([80]));
  expect(lines.filter((line) => textWidth(line) > 80)).toEqual([]);
  expect(stdout).not.toContain('…');
  expect(stdout).toContain('│ パブリックIPv4  │ PublicIPv4:InUseAddress ');
  expect(stdout).toContain('ProoflinkDev: packages/cost/src/prices.json に ap-northeast-1 の料金がないか');
});
