import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import { isSecretName } from '@infra/common/secret-patterns';
import { withPropertyNamesOnly } from '../src/read/property-names';

it.each([
  { title: 'a property', type: 'AWS::S3::Bucket', path: 'BucketName', names: 'BucketName' },
  {
    title: 'the identity of a list item',
    type: 'AWS::ECS::TaskDefinition',
    path: 'ContainerDefinitions[a.b].Essential',
    names: 'ContainerDefinitions[].Essential',
  },
  {
    title: 'the key of a map',
    type: 'AWS::Lambda::Function',
    path: 'Environment.Variables.BACKUP',
    names: 'Environment.Variables[]',
  },
  {
    title: 'what is in JSON',
    type: 'AWS::StepFunctions::StateMachine',
    path: 'DefinitionString.States.Timeout',
    names: 'DefinitionString[]',
  },
  {
    title: 'a type without a schema',
    type: 'Custom::Thing',
    path: 'Items[Guard].Backup',
    names: 'Items[].Backup',
  },
])('only the names that AWS gives count: $title', ({ type, path, names }) => {
  expect(withPropertyNamesOnly(type, path)).toBe(names);
});

it('no property whose schema lists its values is taken for a secret', () => {
  const database = loadAwsServiceSpecSync();
  const owners = [...database.all('resource'), ...database.all('typeDefinition')];
  const taken = owners.flatMap(({ properties }) => {
    const choices = Object.entries(properties).filter(([, { type }]) => {
      return type.type === 'string' && 'allowedValues' in type && type.allowedValues !== undefined;
    });
    return choices.map(([name]) => name).filter(isSecretName);
  });
  expect([...new Set(taken)]).toEqual([]);
});
