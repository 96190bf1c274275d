import { Part } from '../../lib/contract';
import { deployed } from '../support/deployed';
import { testEnvironments, type TestEnvironment } from '../support/environments';

const environments = Object.keys(testEnvironments) as TestEnvironment[];

test.each(environments)('%s: no task and no job starts before its roles have all their rights', (environment) => {
  const stack = deployed(environment);
  const starts = [
    { part: Part.webService, roles: 'Web/Roles/' },
    { part: Part.jobDefinition, roles: 'UserImport/Roles/' },
  ];
  for (const { part, roles } of starts.filter((start) => stack.hasPart(start.part))) {
    const { resource } = stack.part(part);
    const policies = stack.all('AWS::IAM::Policy').filter(({ path }) => path.startsWith(roles));
    expect(policies.map(({ path }) => path.slice(roles.length))).toEqual(
      expect.arrayContaining(['ExecutionRole/DefaultPolicy', 'TaskPolicy']),
    );
    expect(resource.DependsOn).toEqual(expect.arrayContaining(policies.map(({ logicalId }) => logicalId)));
  }
});
