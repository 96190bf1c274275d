import { type Manifest, template } from '../support/assembly';
import { CopyOfApp } from '../support/copy-of-app';
import { testDelivery } from '../support/environments';

const DELIVERY = 'lib/config/delivery.ts';

/** Names a repository, on its line of the config. */
const repository = (name: string, field = 'repository') => {
  app.write(DELIVERY, app.read(DELIVERY).replace(new RegExp(`^  ${field}: .*,$`, 'm'), `  ${field}: '${name}',`));
};

const app = new CopyOfApp();
afterAll(() => {
  app.remove();
});

describe('in a fresh clone', () => {
  let result: ReturnType<CopyOfApp['synth']>;
  beforeAll(() => {
    app.addEnvironment('another');
    repository(testDelivery.repository ?? '');
    repository(testDelivery.applicationRepository ?? '', 'applicationRepository');
    result = app.synth({ typeCheck: true });
  });

  test('all is synthesized without credentials and without asking AWS anything', () => {
    expect(result).toEqual({ status: 0, output: '' });
    const { artifacts, missing } = JSON.parse(app.read('out/manifest.json')) as Manifest;
    expect(artifacts).toHaveProperty('ProoflinkDev');
    expect(artifacts).toHaveProperty('ProoflinkProd');
    // What is missing would be looked up by the CLI, with credentials, and kept in cdk.context.json.
    expect(missing ?? []).toEqual([]);
    expect(app.list()).not.toContain('cdk.context.json');
  });

  test('a new environment is one file and two lines: another.ts, its export and its place in the delivery give ProoflinkAnother', () => {
    const another = app.read('out/ProoflinkAnother.template.json');
    expect(another).toContain('prooflink-another-alb');
    expect(another).not.toContain('prooflink-dev-');
    expect(app.list('out')).toEqual(
      expect.arrayContaining(['ProoflinkDev.template.json', 'ProoflinkProd.template.json']),
    );
  });

  test('who names a repository gets its roles by that one line, and the application’s by another', () => {
    expect(JSON.parse(app.read('out/ProoflinkDelivery.template.json'))).toEqual(template('delivery'));
  });
});

test('an environment with a field left out does not synthesize: the type check stops it', () => {
  const file = 'lib/config/another.ts';
  app.write(file, app.read(file).replace(/^\s*alarms: undefined,\n/m, ''));
  const { status, output } = app.synth({ typeCheck: true });
  expect(status).not.toBe(0);
  expect(output).toContain("Property 'alarms' is missing");
});

test('an environment that the delivery does not name does not synthesize: the type check tells the line to extend', () => {
  app.write(DELIVERY, app.read(DELIVERY).replace(' another: false,', ''));
  const { status, output } = app.synth({ typeCheck: true });
  expect(status).not.toBe(0);
  expect(output).toMatch(/^lib\/config\/delivery\.ts\(\d+,\d+\): .*Property 'another' is missing/m);
});

test('a repository with a wildcard gets no template, but a message that says what to write', () => {
  repository('prooflink@1234/*');
  const { status, output } = app.synth({ typeCheck: false });
  expect(status).toBe(1);
  expect(output).toMatch(/^One broken rule in lib\/config:\n {2}delivery: repository: .* write owner\/name or /);
});
