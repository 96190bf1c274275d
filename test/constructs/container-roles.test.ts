import { deployed } from '../support/deployed';
import { testEnvironments, type TestEnvironment } from '../support/environments';

const environments = Object.keys(testEnvironments) as TestEnvironment[];

test.each(environments)('%s: no task and no job starts before its roles have all their rights', (environment) => {
  const stack = deployed(environment);
  const starts = [
    ['AWS::ECS::Service', 'Web/Roles/'],
    ['AWS::Batch::JobDefinition', 'UserImport/Roles/'],
  ] as const;
  for (const [type, roles] of starts) {
    const policies = stack.all('AWS::IAM::Policy').filter(({ path }) => path.startsWith(roles));
    for (const { resource } of stack.all(type)) {
      expect(policies.map(({ path }) => path.slice(roles.length))).toEqual(
        expect.arrayContaining(['ExecutionRole/DefaultPolicy', 'TaskPolicy']),
      );
      expect(resource.DependsOn).toEqual(expect.arrayContaining(policies.map(({ logicalId }) => logicalId)));
    }
  }
});
