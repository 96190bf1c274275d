import { CopyOfApp } from '../support/copy-of-app';

describe('a new environment', () => {
  const app = new CopyOfApp();
  afterAll(() => {
    app.remove();
  });

  test('is one file and one line: staging.ts and its export give ProoflinkStaging', () => {
    app.write(
      'lib/config/staging.ts',
      app.read('lib/config/dev.ts').replace('export const dev', 'export const staging'),
    );
    app.append('lib/config/index.ts', "export { staging } from './staging';\n");

    const { status, output } = app.synth({ typeCheck: true });
    expect({ status, output }).toEqual({ status: 0, output: '' });
    const template = app.read('out/ProoflinkStaging.template.json');
    expect(template).toContain('prooflink-staging-alb');
    expect(template).not.toContain('prooflink-dev-');
    expect(app.list('out')).toEqual(
      expect.arrayContaining(['ProoflinkDev.template.json', 'ProoflinkProd.template.json']),
    );
  });

  test('with a field left out does not synthesize: the type check stops it', () => {
    app.write('lib/config/staging.ts', app.read('lib/config/staging.ts').replace(/^\s*alarms: undefined,\n/m, ''));
    const { status, output } = app.synth({ typeCheck: true });
    expect(status).not.toBe(0);
    expect(output).toContain("Property 'alarms' is missing");
  });
});
