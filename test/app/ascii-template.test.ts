import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Part } from '../../lib/contract';
import { assembly } from '../support/assembly';
import { deployed } from '../support/deployed';

/** The file of a stack whose config has a Japanese variable. */
const FILE = 'ProoflinkTestweekdays.template.json';
const text = readFileSync(join(assembly, FILE), 'utf8');

test('a template is in ASCII: CloudFormation returns every other character as a question mark', () => {
  expect(text).toMatch(/^[\0-\x7f]*$/);
  expect(text).toContain('\\u30d7\\u30eb\\u30fc\\u30d5\\u30ea\\u30f3\\u30af \\ud83d\\udd17');
});

test('it means the same: the container’s variable has the value of the config', () => {
  const value = deployed('testweekdays').partAt(
    Part.webTaskDefinition,
    'ContainerDefinitions.0.Environment.MAIL_FROM_NAME.Value',
  );
  expect(value).toBe('プルーフリンク 🔗');
});

test('it is uploaded under the hash of this text: the CDK CLI does not upload a second text under the same hash', () => {
  const assets = JSON.parse(readFileSync(join(assembly, 'ProoflinkTestweekdays.assets.json'), 'utf8')) as {
    files: Record<string, { source: { path: string } }>;
  };
  const uploads = Object.entries(assets.files).filter(([, { source }]) => source.path === FILE);
  expect(uploads.map(([hash]) => hash)).toEqual([createHash('sha256').update(text).digest('hex')]);
});
