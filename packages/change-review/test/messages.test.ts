import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import en from '../src/messages/en.json';
import ja from '../src/messages/ja.json';
import { resource, reviewResource } from './support/assemblies';

const ids = Object.keys(en) as (keyof typeof en)[];
const placesIn = (text: string) => [...new Set(text.match(/\{\w+\}|`[^`]+`/g) ?? [])].sort();

it.each(ids)('%s names the same in both languages, unless it is a plural', (id) => {
  expect(placesIn(ja[id]).filter((each) => each !== '{s}')).toEqual(placesIn(en[id]).filter((each) => each !== '{s}'));
  expect(ja[id]).not.toContain('{s}');
});

it('every message is used somewhere', () => {
  const source = readdirSync(join(__dirname, '../src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(__dirname, '../src', file), 'utf8'))
    .join('\n');
  const isReported = (id: string) =>
    source.includes(`'${id}'`) ||
    /^(title|count|subject|do)\.\w+$|\.do$/.test(id) ||
    new RegExp(`\\b${id}:`).test(source);
  expect(ids.filter((id) => !isReported(id))).toEqual([]);
});

const database = (properties: object) => resource('AWS::RDS::DBInstance', properties);

it('a review in Japanese has no English sentence', () => {
  const { stdout } = reviewResource(
    database({ DeletionProtection: true, DBInstanceClass: 'a', PubliclyAccessible: false }),
    database({ DeletionProtection: false, DBInstanceClass: 'b', PubliclyAccessible: true }),
    { language: 'ja', levelsPage: 'https://github.com/prooflink/infrastructure/blob/main/docs' },
  );
  const words = stdout.replace(/```[^]*?```/g, '').replace(/`[^`\n]*`|<[^>]*>|\]\([^)]*\)|\[!\w+\]/g, '');
  expect(words.match(/[A-Za-z]{2,}(?: [a-z]{2,})+/g) ?? []).toEqual(
    ['cdk diff'].filter((each) => words.includes(each)),
  );
  expect(stdout).toContain('削除保護が無効になります。');
  expect(stdout).toContain('対応: ');
  expect(stdout).toContain('<https://github.com/prooflink/infrastructure/blob/main/docs>');
});
