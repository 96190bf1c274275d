import { manifest } from '../support/assembly';

test.each([
  { environment: 'dev', stack: 'ProoflinkDev', terminationProtection: false },
  { environment: 'prod', stack: 'ProoflinkProd', terminationProtection: true },
  { environment: 'testopen', stack: 'ProoflinkTestopen', terminationProtection: true },
])(
  '$environment is the stack $stack, so that the commands of the runbook name it',
  ({ stack, terminationProtection }) => {
    expect(manifest().artifacts[stack]).toMatchObject({
      environment: 'aws://unknown-account/ap-northeast-1',
      properties: { terminationProtection },
    });
  },
);
