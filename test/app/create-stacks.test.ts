import { manifest } from '../support/assembly';

test.each([
  ['dev', 'ProoflinkDev', false],
  ['prod', 'ProoflinkProd', true],
  ['testopen', 'ProoflinkTestopen', true],
])('%s is the stack %s, so that the commands of the runbook name it', (environment, stack, terminationProtection) => {
  expect(manifest().artifacts[stack]).toMatchObject({
    environment: 'aws://unknown-account/ap-northeast-1',
    properties: { terminationProtection, tags: { Project: 'ProofLink', Environment: environment } },
  });
});

test('no tag changes from deploy to deploy: AWS Batch would replace its environment, and a named one cannot be', () => {
  const tags = manifest().artifacts['ProoflinkProd']?.properties?.tags;
  expect(Object.keys(tags ?? {}).sort()).toEqual(['Environment', 'Project']);
});
