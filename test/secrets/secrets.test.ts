import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assembly, template } from '../support/assembly';
import { noSecretInClearText, whySecret } from '../support/invariants';
import type { Template } from '../support/template';

/** Secrets in clear text in a file of any kind; where it is a template, in the light of its types too. */
function clearSecrets(text: string): string[] {
  const found = whySecret(text);
  const { Resources, Outputs = {} } = (text.startsWith('{') ? JSON.parse(text) : {}) as Partial<Template>;
  // CloudFormation does not resolve a reference in an output, but who adds one means to show a secret.
  const shown = Resources && JSON.stringify(Outputs).includes('{{resolve:') ? ['an output with a secret'] : [];
  return [...(found ? [found] : Resources ? noSecretInClearText({ Resources }) : []), ...shown];
}

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

describe('nothing that is written has a secret', () => {
  it('neither in templates, outputs, manifests, metadata, assets nor in snapshots', () => {
    const files = written();
    const names = files.map(([file]) => file).join('\n');
    for (const kind of ['.template.json', '.assets.json', 'manifest.json', 'tree.json', 'index.js', '.snap']) {
      expect(names).toContain(kind);
    }
    expect(files.flatMap(([file, text]) => clearSecrets(text).map((found) => `${file}: ${found}`))).toEqual([]);
  });

  it('and the scan finds one in a template, an output and a description', () => {
    const wrong = template('prod');
    Object.assign(wrong.Outputs ?? {}, {
      Url: { Value: 'postgresql://a:b@c/d {{resolve:secretsmanager:x:SecretString:password::}}' },
    });
    expect(clearSecrets(JSON.stringify(wrong))).toEqual(['a URL with a password', 'an output with a secret']);
    expect(clearSecrets(`key = ${['ASIA', 'ABCDEFGHIJKLMNOP'].join('')}`)).toEqual(['a key']);
    const written = { Resources: { Secret: { Type: 'T', Properties: { SecretString: 'correct horse' } } } };
    expect(clearSecrets(JSON.stringify(written))).toEqual(['Secret: SecretString: a secret']);
  });
});
