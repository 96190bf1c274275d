import type { Manifest } from '@infra/testing/assembly';
import { CopyOfApp } from '@infra/testing/copy-of-app';

const ANOTHER = 'lib/config/another.ts';
const DELIVERY = 'lib/config/delivery.ts';

const app = new CopyOfApp();
afterAll(() => {
  app.remove();
});

test('a new environment is one file and two lines, and its synth asks AWS nothing: another.ts, its export and its place in the delivery give ProoflinkAnother', () => {
  app.useTestConfigs();
  app.addEnvironment('another');
  expect(app.synth()).toEqual({ status: 0, output: '' });
  const { artifacts, missing } = JSON.parse(app.read('out/manifest.json')) as Manifest;
  expect(artifacts).toHaveProperty('ProoflinkProd');
  // The CLI would look up a missing value with credentials, and keep it in cdk.context.json.
  expect(missing ?? []).toEqual([]);
  const another = app.read('out/ProoflinkAnother.template.json');
  expect(another).toContain('prooflink-another-alb');
  expect(another).not.toContain('prooflink-dev-');
});

/** Synthesizes the app with a piece of a file replaced, under these environment variables; puts the file back. */
function synthWith(file: string, piece: string | RegExp, newPiece: string, variables = {}) {
  const original = app.read(file);
  app.write(file, original.replace(piece, newPiece));
  const result = app.synth(variables);
  app.write(file, original);
  return result;
}

/** An error of the type checker, alone: `<file>(<line>,<column>): error …`. */
const ONE_TYPE_ERROR = /^\S+\(\d+,\d+\): error .*\n$/;

test.each([
  {
    title: 'an environment that the delivery does not name',
    file: DELIVERY,
    // For each environment, the delivery says if it may be deployed from GitHub: another may not.
    piece: ' another: false,',
    newPiece: '',
    error: "Property 'another' is missing",
  },
  {
    title: 'a misspelt name, which would throw at run time,',
    file: ANOTHER,
    piece: 'Duration.minutes',
    newPiece: 'Duration.minute',
    error: "Did you mean 'minutes'",
  },
])(
  '$title is reported as one type error, and nothing is synthesized that a deploy could take',
  ({ file, piece, newPiece, error }) => {
    const { status, output } = synthWith(file, piece, newPiece);
    expect(status).toBe(1);
    expect(output).toMatch(ONE_TYPE_ERROR);
    expect(output).toContain(`${file}(`);
    expect(output).toContain(error);
    expect(() => app.read('out/manifest.json')).toThrow('ENOENT');
  },
);

test('a safeguard that is off without a reason is reported with how to write one, and without colours, even if asked for', () => {
  const { status, output } = synthWith(ANOTHER, /encryption: .*,/, "encryption: 'off',", { FORCE_COLOR: '1' });
  const [error = '', advice = '', ...further] = output.split('\n');
  expect(status).toBe(1);
  expect(error).toMatch(/^lib\/config\/another\.ts\(\d+,\d+\): error .*'Safeguard'\.$/);
  expect(advice).toMatch(/\{ off: '<why .*>' \}$/);
  expect(further).toEqual(['']);
});
