import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newDirectory, review, writeAssembly } from './support/assemblies';

const BUCKET = { Data: { Type: 'AWS::S3::Bucket', DeletionPolicy: 'Delete' } };
const head = writeAssembly({ stacks: { ProoflinkDev: { resources: BUCKET }, ProoflinkProd: { resources: BUCKET } } });

describe('an unknown state never reads as no change', () => {
  const stackFields = '"environment":"","terminationProtection":true,"tags":{}';

  it.each([
    { title: 'is missing', content: undefined, says: 'cannot be read: ENOENT' },
    { title: 'is not JSON', content: '{"ProoflinkDev', says: 'cannot be read: it is not JSON' },
    { title: 'leaves the environments out', content: '{}', says: 'does not say what that is' },
    {
      title: 'has another shape',
      content: '{"ProoflinkDev":"same","ProoflinkProd":null}',
      says: 'does not say what that is',
    },
    {
      title: 'has another state',
      content: '{"ProoflinkDev":{"state":"fine"},"ProoflinkProd":{}}',
      says: 'does not say what that is',
    },
    {
      title: 'has no stack',
      content: '{"ProoflinkDev":{"state":"deployed"}}',
      says: 'has a stack that is malformed',
    },
    {
      title: 'has no template',
      content: `{"ProoflinkDev":{"state":"deployed","stack":{${stackFields}}}}`,
      says: 'it has no Resources',
    },
  ])('the file $title', ({ content, says }) => {
    const file = join(newDirectory(), 'deployed.json');
    if (content !== undefined) writeFileSync(file, content);
    const { exitCode, stdout } = review(head, head, { markdown: true, deployed: file });
    expect(exitCode).toBe(2);
    expect(stdout).toContain('**What is deployed could not be determined for `ProoflinkDev`, `ProoflinkProd`.**');
    expect(stdout).toContain(says);
  });
});
