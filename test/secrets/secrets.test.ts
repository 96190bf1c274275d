import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { dev } from '../support/configs/dev';
import { prod } from '../support/configs/prod';
import { assertValid } from '../../lib/config/validate';
import { assembly, template } from '../support/assembly';
import { withField } from '../support/config';
import { testEnvironments } from '../support/environments';
import type { Json, Template } from '../support/template';
import { asNodeReads, asPgReads, databaseUrl, ENDPOINT, generator, secret } from './database-url';
import { clearSecrets } from './scan';

const environments = [
  ['dev', dev],
  ['prod', prod],
] as const;

/** Testopen's database comes from a snapshot. */
describe.each([...environments, ['testopen', testEnvironments.testopen] as const])(
  'DATABASE_URL of %s',
  (environment, { database: { databaseName } }) => {
    const passwords = ({ alphabet, length } = generator(template(environment))) =>
      fc.string({ unit: fc.constantFrom(...alphabet), minLength: length, maxLength: length });

    /** Both readers find exactly what was put in. */
    const readsBack = (password: string) => {
      const url = databaseUrl(template(environment), password);
      const connection = { user: 'postgres', password, ...ENDPOINT, database: databaseName };
      expect(asNodeReads(url)).toEqual(connection);
      expect(asPgReads(url)).toEqual(connection);
    };

    it('is read back by Node and by pg with any of a thousand passwords that the generator may draw', () => {
      fc.assert(fc.property(passwords(), readsBack), { numRuns: 1000 });
    });

    it('has a user in the generated secret, the one of the URL', () => {
      expect(secret(template(environment), 'Database/MasterSecret').properties['GenerateSecretString']).toMatchObject({
        SecretStringTemplate: JSON.stringify({ username: 'postgres' }),
      });
    });

    it('would not be read back if the generator also drew punctuation', () => {
      const changed = template(environment);
      const rules = secret(changed, 'Database/MasterSecret').resource.Properties?.['GenerateSecretString'];
      delete (rules as Record<string, Json>)['ExcludePunctuation'];
      expect(fc.check(fc.property(passwords(generator(changed)), readsBack), { numRuns: 1000 }).failed).toBe(true);
    });
  },
);

/** Every file that a deploy uploads or a synth leaves behind, and every snapshot: nothing of it is kept secret. */
const written = (): [file: string, text: string][] =>
  [assembly, join(__dirname, '..')].flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && (folder === assembly || entry.name.endsWith('.snap')))
      .map((entry): [string, string] => {
        const file = join(entry.parentPath, entry.name);
        return [file, readFileSync(file, 'utf8')];
      }),
  );

describe('no secret stands in anything that is written', () => {
  it('neither in templates, outputs, manifests, metadata, assets nor in snapshots', () => {
    const files = written();
    const names = files.map(([file]) => file).join('\n');
    for (const kind of ['.template.json', '.assets.json', 'manifest.json', 'tree.json', 'index.js', '.snap']) {
      expect(names).toContain(kind);
    }
    expect(files.flatMap(([file, text]) => clearSecrets(text).map((found) => `${file}: ${found}`))).toEqual([]);
  });

  it.each(environments)('nor in the message of a ConfigError, whatever is wrong with %s', (name, config) => {
    const fields = { region: 'nowhere', 'database.databaseName': '', 'database.sslMode': 'disable', account: '1' };
    const wrong = Object.entries(fields).reduce((bad, [field, value]) => withField(bad, field, value), config);
    const message = messageOf(() => {
      assertValid({ [name]: wrong });
    });
    expect(message).toContain('broken rules in lib/config:');
    expect(clearSecrets(message)).toEqual([]);
  });

  it.each<[string, (template: Template) => void]>([
    [
      'a password instead of the reference',
      (changed) => {
        setUrl(changed, databaseUrl(changed, 'Tr0ub4dor'));
      },
    ],
    [
      'a reference beside a password',
      (changed) => {
        setUrl(changed, 'postgresql://a:b@c/d {{resolve:secretsmanager:x:SecretString:password::}}');
      },
    ],
    [
      'a secret as an output',
      (changed) => {
        changed.Outputs = { Password: { Value: '{{resolve:secretsmanager:x:SecretString:password::}}' } };
      },
    ],
    [
      'a key in a description',
      (changed) => {
        changed.Outputs = { Key: { Description: ['AKIA', 'ABCDEFGHIJKLMNOP'].join(''), Value: '' } };
      },
    ],
    [
      'a secret that is written down',
      (changed) => {
        secret(changed, 'Web/SessionSecret').resource.Properties = { SecretString: 'correct horse battery staple' };
      },
    ],
  ])('and the scan finds %s', (_, change) => {
    const changed = template('prod');
    change(changed);
    expect(clearSecrets(JSON.stringify(changed))).toHaveLength(1);
  });
});

function setUrl(changed: Template, value: string): void {
  secret(changed, 'Database/ConnectionUrl').resource.Properties = { SecretString: value };
}

function messageOf(action: () => void): string {
  try {
    action();
  } catch (error) {
    return String(error);
  }
  return 'nothing was thrown';
}
