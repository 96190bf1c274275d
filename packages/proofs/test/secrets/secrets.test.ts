import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assembly, template } from '@infra/testing/assembly';
import { noSecretInClearText, whySecret } from '@infra/testing/invariants';
import type { Template } from '@infra/testing/template';

/** A file with its text. */
interface WrittenFile {
  readonly path: string;
  readonly text: string;
}

/** A text as a template; `undefined` if it is something else. */
function asTemplate(text: string): Template | undefined {
  if (!text.startsWith('{')) return undefined;
  const json = JSON.parse(text) as Partial<Template>;
  return json.Resources ? (json as Template) : undefined;
}

/** CloudFormation does not resolve a reference in an output, but who adds one means to show a secret. */
function secretsOfOutputs({ Outputs: outputs = {} }: Template): string[] {
  return JSON.stringify(outputs).includes('{{resolve:') ? ['an output with a secret'] : [];
}

/** Secrets in clear text in a file of any kind; where it is a template, in the light of its types too. */
function clearSecrets(text: string): string[] {
  const stack = asTemplate(text);
  const ofText = whySecret(text);
  const ofOutputs = stack ? secretsOfOutputs(stack) : [];
  if (ofText !== undefined) return [ofText, ...ofOutputs];
  return stack ? [...noSecretInClearText(stack), ...ofOutputs] : [];
}

/** Files below a folder whose names pass. */
function filesBelow(folder: string, isWanted: (name: string) => boolean): WrittenFile[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && isWanted(entry.name));
  return files.map((file) => {
    const path = join(file.parentPath, file.name);
    return { path, text: readFileSync(path, 'utf8') };
  });
}

/** Every file that a deploy uploads or a synth leaves behind, and every snapshot: nothing of it is kept secret. */
function writtenFiles(): WrittenFile[] {
  const ofSynth = filesBelow(assembly, () => true);
  const snapshots = filesBelow(join(__dirname, '../../../../test'), (name) => name.endsWith('.snap'));
  return [...ofSynth, ...snapshots];
}

describe('nothing that is written has a secret', () => {
  const files = writtenFiles();

  test.each(['.template.json', '.assets.json', 'manifest.json', 'tree.json', 'index.js', '.snap'])(
    'files of this kind are searched: %s',
    (ending) => {
      expect(files.filter(({ path }) => path.endsWith(ending))).not.toEqual([]);
    },
  );

  test('neither templates, outputs, manifests, metadata, assets nor snapshots', () => {
    const findings = files.flatMap(({ path, text }) => clearSecrets(text).map((secret) => `${path}: ${secret}`));
    expect(findings).toEqual([]);
  });
});

describe('the search finds a secret', () => {
  test('in an output, and the password in its URL', () => {
    const stack = template('prod');
    const url = 'postgresql://a:b@c/d {{resolve:secretsmanager:x:SecretString:password::}}';
    const outputs = { ...stack.Outputs, Url: { Value: url } };
    const text = JSON.stringify({ ...stack, Outputs: outputs });
    expect(clearSecrets(text)).toEqual(['a URL with a password', 'an output with a secret']);
  });

  test('in a file that is no template', () => {
    const accessKey = ['ASIA', 'ABCDEFGHIJKLMNOP'].join('');
    expect(clearSecrets(`key = ${accessKey}`)).toEqual(['a key']);
  });

  test('in a template, by the name of its property', () => {
    const secret = { Type: 'T', Properties: { SecretString: 'correct horse' } };
    const text = JSON.stringify({ Resources: { Secret: secret } });
    expect(clearSecrets(text)).toEqual(['Secret: SecretString: a secret']);
  });
});
