import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { Account } from './support/account';

const SecretId = 'secret';
const account = Account.shared();
const secrets = new SecretsManager(account.client);
let first = '';

beforeAll(async () => {
  first = (await secrets.createSecret({ Name: SecretId, SecretString: 'first' })).VersionId ?? '';
}, 60_000);

async function put(SecretString: string, ...stages: string[]): Promise<string> {
  const VersionStages = stages.length > 0 ? stages : undefined;
  return (await secrets.putSecretValue({ SecretId, SecretString, VersionStages })).VersionId ?? '';
}

const move = (VersionStage: string, RemoveFromVersionId?: string, MoveToVersionId?: string) =>
  secrets.updateSecretVersionStage({ SecretId, VersionStage, RemoveFromVersionId, MoveToVersionId });
const value = async () => (await secrets.getSecretValue({ SecretId })).SecretString;
const labels = async () => (await secrets.describeSecret({ SecretId })).VersionIdsToStages ?? {};
const current = async () => Object.entries(await labels()).find(([, each]) => each.includes('AWSCURRENT'))?.[0] ?? '';

it('a version becomes current only when AWSCURRENT moves to it', async () => {
  const second = await put('second', 'own');
  expect(await value()).toBe('first');
  await move('AWSCURRENT', first, second);
  expect(await value()).toBe('second');
  expect(await labels()).toEqual({ [first]: ['AWSPREVIOUS'], [second]: ['own', 'AWSCURRENT'] });
});

it('AWSCURRENT moves only from the version that holds it, and cannot be removed', async () => {
  const other = await put('other', 'other');
  for (const from of [first, undefined]) {
    await expect(move('AWSCURRENT', from, other)).rejects.toThrow('is currently attached to version');
  }
  await expect(move('AWSCURRENT', await current())).rejects.toThrow('not removed');
  expect(await value()).toBe('second');
});

it('any other label moves only from the version that holds it', async () => {
  const third = await put('third', 'third');
  await expect(move('own', undefined, third)).rejects.toThrow('is currently attached to version');
  await move('third', undefined, third);
  expect((await labels())[third]).toEqual(['third']);
});

it('one of eight concurrent moves of AWSCURRENT succeeds', async () => {
  const from = await current();
  const versions = await Promise.all(Array.from({ length: 8 }, (_, index) => put(`of ${index}`, `own.${index}`)));
  const moved = await Promise.allSettled(versions.map((version) => move('AWSCURRENT', from, version)));
  const winners = moved.flatMap(({ status }, index) => (status === 'fulfilled' ? [`of ${index}`] : []));
  expect(winners).toEqual([await value()]);
});

it('a new value moves AWSCURRENT, and keeps the other labels of the version before', async () => {
  const before = await put('before', 'AWSCURRENT', 'note');
  const after = await put('after');
  expect(await labels()).toMatchObject({ [before]: ['AWSPREVIOUS', 'note'], [after]: ['AWSCURRENT'] });
});

it('a version without a label is not listed, and a 21st label is refused', async () => {
  const named = Object.values(await labels()).flat().length;
  await Promise.all(Array.from({ length: 20 - named }, (_, index) => put('more', `more.${index}`)));
  await expect(put('too many', 'too.many')).rejects.toMatchObject({ name: 'LimitExceededException' });
  const [id = '', [label = ''] = []] = Object.entries(await labels()).find(([, each]) => each.length === 1) ?? [];
  await move(label, id);
  expect(Object.keys(await labels())).not.toContain(id);
  await put('room again', 'too.many');
});
