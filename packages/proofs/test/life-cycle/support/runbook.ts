import { authority, sql } from './database';
import type { Life } from './life';
import type { Call, Step } from './live';
import { commandsOf, readPage, runCommands } from './pages';
import { taskDefinition } from './running';
import { sdk } from './sdk';
import { ask, rested } from './serving';

const RUNBOOK = readPage('docs/runbook.md');

/** Runs a chapter's commands as an administrator would paste them below those that begin the runbook. */
export const follow = (chapter: string, { aws, environment, stack }: Life) => {
  const begin = `${commandsOf(RUNBOOK, 'Runbook')}E=${environment} STACK=${stack}\n`;
  return runCommands(chapter, `${begin}${commandsOf(RUNBOOK, chapter)}`, { env: aws.env });
};

/** The secret from which the web task gets this variable, whole or a key of it. */
export async function secretOf(life: Life, variable: string): Promise<string> {
  const { containerDefinitions: [container] = [] } = await taskDefinition(life);
  const reference = container?.secrets?.find(({ name }) => name === variable)?.valueFrom;
  const SecretId = reference?.split(':').slice(0, 7).join(':');
  return (await sdk.secrets.getSecretValue({ SecretId })).SecretString ?? '';
}

/** Counts the users, or says something else, by a URL or with the application's own. */
export async function users(
  life: Life,
  url?: string,
  ssl: Parameters<typeof sql>[2] = authority(life.aws),
  statement = 'SELECT count(*)::int FROM users',
) {
  return await sql(url ?? (await secretOf(life, 'DATABASE_URL')), statement, ssl);
}

/** The chapters of the runbook that need something to run. */
export function followsRunbook(life: Life): Step[] {
  let url: string | undefined;
  let cookie: string | undefined;
  const isSignedIn = async () => (await ask(life, 'GET', '/api/session', undefined, cookie)).body['signedIn'];
  return [
    {
      name: 'runbook, TLS: each mode gives the error that it says',
      calls: [
        async () => {
          await expect(users(life, url, true)).rejects.toThrow('self-signed certificate in certificate chain');
          await expect(users(life, url, false)).rejects.toThrow(/no pg_hba.conf entry .* no encryption/);
          expect(await users(life, url, { rejectUnauthorized: false })).toBe(await users(life));
          expect(RUNBOOK).toContain(
            '`self-signed certificate in certificate chain`, `no pg_hba.conf entry … no encryption`',
          );
        },
      ],
    },
    {
      name: 'runbook, the password: a new one for the database, the URL and the task; the users stay',
      preparations: [async () => (url = await secretOf(life, 'DATABASE_URL'))],
      unchanged: () => users(life),
      calls: [() => follow('Rotating the database password', life)],
      serves: 'v1',
      check: async () => {
        await expect(users(life, url)).rejects.toThrow('password authentication failed');
        expect(await secretOf(life, 'DATABASE_URL')).not.toBe(url);
        expect(await users(life)).toBeGreaterThan(0);
      },
    },
    {
      name: 'runbook, NEXTAUTH_SECRET: every user is signed out',
      calls: [
        async () => {
          ({ cookie } = await ask(life, 'GET', '/'));
          expect(await isSignedIn()).toBe(true);
        },
        () => follow('Rotating NEXTAUTH_SECRET', life),
        () => rested(life),
      ],
      check: async () => {
        expect(await isSignedIn()).toBe(false);
      },
    },
  ];
}

/** The chapter on restoring, which is written for prod. */
export function restoresBackup(life: Life): Step[] {
  const { dbInstance } = life.names;
  const modify = (
    DBInstanceIdentifier: string,
    change: { NewDBInstanceIdentifier?: string; DeletionProtection?: boolean },
  ) => sdk.rds.modifyDBInstance({ DBInstanceIdentifier, ApplyImmediately: true, ...change });
  const rename = (name: string, NewDBInstanceIdentifier: string) => modify(name, { NewDBInstanceIdentifier });
  return [
    {
      name: 'runbook, a restore: the restored database takes the name, and has the users of that moment',
      unchanged: () => users(life),
      calls: [
        () => follow('Restoring a backup', life),
        async () => {
          await users(life, undefined, undefined, 'DELETE FROM users');
          expect(await users(life)).toBe(0);
        },
        // The chapter says it in words: swap the names.
        () => rename(dbInstance, `${dbInstance}-old`),
        () => rename(`${dbInstance}-restored`, dbInstance),
      ],
      serves: 'v1',
      // The stack holds one database, so that the life goes on as it began.
      check: async () => {
        const restored = `${dbInstance}-restored`;
        await rename(dbInstance, restored);
        await rename(`${dbInstance}-old`, dbInstance);
        await modify(restored, { DeletionProtection: false });
        await sdk.rds.deleteDBInstance({ DBInstanceIdentifier: restored, SkipFinalSnapshot: true });
        await rested(life);
      },
    },
  ];
}

/** The chapter on another major version; `deploy` is of an app whose config asks for it. */
export function upgradesDatabase(life: Life, deploy: Call): Step[] {
  const instance = { DBInstanceIdentifier: life.names.dbInstance, ApplyImmediately: true };
  const expectVersion = async (version: string) => {
    const { DBInstances: [database] = [] } = await sdk.rds.describeDBInstances(instance);
    expect(database?.EngineVersion).toBe(version);
  };
  return [
    {
      name: 'nor a major version, whose default is older than what RDS upgraded to by itself',
      preparations: [() => sdk.rds.modifyDBInstance({ ...instance, EngineVersion: '15.17' })],
      calls: [deploy],
      failsWith: 'The AllowMajorVersionUpgrade flag must be present',
      check: async () => {
        const major = { ...instance, EngineVersion: '16', AllowMajorVersionUpgrade: true };
        const refusal = await sdk.rds.modifyDBInstance(major).then(String, String);
        expect(RUNBOOK).toContain(`\`${refusal.replace(/^\w+: /, '')}\``);
        await expectVersion('15.17');
      },
    },
    {
      name: 'runbook, an upgrade: by hand to a version that RDS accepts, and the config follows',
      calls: [() => follow('Upgrading to another major version', life), deploy],
      prints: /^db\.t4g\.micro\nFrom 15\.17 to 16\.13$/m,
      status: 'UPDATE_COMPLETE',
      check: () => expectVersion('16.13'),
    },
  ];
}
