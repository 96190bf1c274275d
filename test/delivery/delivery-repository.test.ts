import { template } from '../support/assembly';
import { CopyOfApp } from '../support/copy-of-app';

describe('who names a repository', () => {
  const app = new CopyOfApp();
  afterAll(() => {
    app.remove();
  });

  test('gets it by that one line: the repository in lib/config/delivery.ts', () => {
    const file = 'lib/config/delivery.ts';
    app.write(
      file,
      app.read(file).replace('repository: undefined,', "repository: 'prooflink@1234/infrastructure@5678',"),
    );
    expect(app.synth({ typeCheck: true })).toEqual({ status: 0, output: '' });
    expect(JSON.parse(app.read('out/ProoflinkDelivery.template.json'))).toEqual(template('delivery'));
  });

  test('with a wildcard gets no template, but a message that says what to write', () => {
    const file = 'lib/config/delivery.ts';
    app.write(file, app.read(file).replace('infrastructure@5678', '*'));
    const { status, output } = app.synth({ typeCheck: false });
    expect(status).toBe(1);
    expect(output).toMatch(/^One broken rule in lib\/config:\n {2}delivery: repository: .* write owner\/name or /);
  });
});
