import { chmodSync } from 'node:fs';
import os from 'node:os';
import { RDS } from '@aws-sdk/client-rds';
import { temporaryFolder } from '@infra/common/testing';
import { Account } from './support/account';

// As the home of root: PostgreSQL refuses to run as root, and its own user cannot enter it.
const folder = temporaryFolder('closed-');
chmodSync(folder, 0o700);
const tmpdir = jest.spyOn(os, 'tmpdir').mockReturnValue(folder);
afterAll(() => {
  tmpdir.mockRestore();
});

const account = Account.shared({ run: true, usedBefore: true });

const testAsRoot = process.getuid?.() === 0 ? test : test.skip;

testAsRoot('a temporary folder that PostgreSQL cannot enter is named, with what to do', async () => {
  const request = {
    DBInstanceIdentifier: 'main',
    DBInstanceClass: 'db.t4g.micro',
    Engine: 'postgres',
    EngineVersion: '15',
    AllocatedStorage: 20,
    MasterUsername: 'master',
    MasterUserPassword: 'first-password',
  };
  await expect(new RDS({ ...account.client, maxAttempts: 1 }).createDBInstance(request)).rejects.toThrow(
    /PostgreSQL runs as \w+, who cannot enter \/.*: set TMPDIR to a folder that every user can enter, such as \/tmp /,
  );
});
