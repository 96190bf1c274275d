import { CONTAINER_NAME, Variable } from '@infra/commands/app';
import { ago, askQuestion } from './aws-answers';

const URL_SECRET = 'arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:url';
const RIGHT_URL = 'postgresql://postgres:a%20password@db.example.com:5432/prooflink_prod?sslmode=require';

const TASK_WITH_URL = {
  DescribeTaskDefinition: {
    taskDefinition: {
      containerDefinitions: [
        { name: CONTAINER_NAME, secrets: [{ name: Variable.databaseUrl, valueFrom: URL_SECRET }] },
      ],
    },
  },
};

/** Asks whether DATABASE_URL of prod names its database, while Secrets Manager has this value of it. */
async function askDatabaseUrl(value: string) {
  return await askQuestion('database-url', {
    ...TASK_WITH_URL,
    DescribeDBInstances: {
      DBInstances: [{ DBInstanceIdentifier: 'db', Endpoint: { Address: 'db.example.com', Port: 5432 } }],
    },
    DescribeSecret: { LastChangedDate: ago(1) },
    GetSecretValue: { SecretString: value },
  });
}

it('the URL that the guide gives to an application is well', async () => {
  expect(await askDatabaseUrl(RIGHT_URL)).toEqual({ result: 'well', says: '' });
});

it.each([
  { title: 'no password', value: RIGHT_URL.replace(':a%20password@', '@') },
  {
    title: 'another host: tasks would reach no database, or that of another environment',
    value: RIGHT_URL.replace('db.example.com', 'other.example.com'),
  },
  { title: 'another database of the instance', value: RIGHT_URL.replace('/prooflink_prod?', '/postgres?') },
  {
    title: 'another sslmode: the connection would be in clear text, or checked against no certificate',
    value: RIGHT_URL.replace('sslmode=require', 'sslmode=disable'),
  },
])('DATABASE_URL with $title is wrong, and the right one is shown without the password', async ({ value }) => {
  expect(await askDatabaseUrl(value)).toEqual({
    result: 'wrong',
    says:
      'DATABASE_URL is another one than ' +
      'postgresql://postgres:<password>@db.example.com:5432/prooflink_prod?sslmode=require',
    fix: 'step 3 of “Rotating the database password” in docs/runbook.md with that URL, then “restart” as there',
  });
});

// The tasks serve on by the connections that they have, and break one after the other.
it.each([
  { title: 'after the tasks started: they use the one of before', startedHoursAgo: 3, result: 'wrong' },
  { title: 'before the tasks started', startedHoursAgo: 1, result: 'well' },
])('a password that was changed $title', async ({ startedHoursAgo, result }) => {
  const answer = await askQuestion('password', {
    ...TASK_WITH_URL,
    DescribeSecret: {},
    GetSecretValue: { SecretString: RIGHT_URL, CreatedDate: ago(2) },
    DescribeTasks: { tasks: [{ startedAt: ago(startedHoursAgo) }] },
    FilterLogEvents: { events: [] },
  });
  expect(answer?.result).toBe(result);
  if (result === 'wrong') expect(answer?.fix).toBe('npm run prooflink -- restart prod');
});
