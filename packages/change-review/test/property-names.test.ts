import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import { isSecretName } from '@infra/common/secret-patterns';

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
