import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newDirectory, review, writeAssembly } from './support/assemblies';

const BUCKET = { Data: { Type: 'AWS::S3::Bucket', DeletionPolicy: 'Delete' } };
const head = writeAssembly({ stacks: { ProoflinkDev: { resources: BUCKET }, ProoflinkProd: { resources: BUCKET } } });

describe('an unknown state never reads as no change', () => {
  const stack = '"environment":"","terminationProtection":true,"tags":{}';
  it.each([
    ['is missing', undefined, 'cannot be read: ENOENT'],
    ['is not JSON', '{"ProoflinkDev', 'cannot be read: it is not JSON'],
    ['leaves the environments out', '{}', 'does not say what that is'],
    ['has another shape', '{"ProoflinkDev":"same","ProoflinkProd":null}', 'does not say what that is'],
    ['has another state', '{"ProoflinkDev":{"state":"fine"},"ProoflinkProd":{}}', 'does not say what that is'],
    ['has no stack', '{"ProoflinkDev":{"state":"deployed"}}', 'has a stack that is malformed'],
    ['has no template', `{"ProoflinkDev":{"state":"deployed","stack":{${stack}}}}`, 'it has no Resources'],
  ])('where the file %s', (_case, content, why) => {
    const file = join(newDirectory(), 'deployed.json');
    if (content !== undefined) writeFileSync(file, content);
    const { exitCode, stdout } = review(head, head, { markdown: true, deployed: file });
    expect(exitCode).toBe(2);
    expect(stdout).toContain('**What is deployed could not be determined for `ProoflinkDev`, `ProoflinkProd`.**');
    expect(stdout).toContain(why);
  });
});
