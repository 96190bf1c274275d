import { CopyOfApp } from '../support/copy-of-app';
import type { Manifest } from '../support/assembly';

const app = new CopyOfApp();
afterAll(() => {
  app.remove();
});

test('both environments are synthesized without credentials and without asking AWS anything', () => {
  const { status, output } = app.synth({ typeCheck: false });
  expect({ status, output }).toEqual({ status: 0, output: '' });

  const { artifacts, missing } = JSON.parse(app.read('out/manifest.json')) as Manifest;
  expect(artifacts).toHaveProperty('ProoflinkDev');
  expect(artifacts).toHaveProperty('ProoflinkProd');
  // What is missing would be looked up by the CLI, with credentials, and kept in cdk.context.json.
  expect(missing ?? []).toEqual([]);
  expect(app.list()).not.toContain('cdk.context.json');
});
