import { CONTAINER_NAME, Variable } from '@infra/commands/app';
import { ago, askQuestion } from './aws-answers';

const URL_SECRET = 'arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:url';
const RIGHT_URL = 'postgresql://postgres:a%20password@db.example.com:5432/prooflink_prod?sslmode=require';

/** Asks whether DATABASE_URL of prod names its database, while Secrets Manager has this value of it. */
async function askDatabaseUrl(value: string) {
  return await askQuestion('database-url', {
    DescribeDBInstances: {
      DBInstances: [{ DBInstanceIdentifier: 'db', Endpoint: { Address: 'db.example.com', Port: 5432 } }],
    },
    DescribeTaskDefinition: {
      taskDefinition: {
        containerDefinitions: [
          { name: CONTAINER_NAME, secrets: [{ name: Variable.databaseUrl, valueFrom: URL_SECRET }] },
        ],
      },
    },
    DescribeSecret: { LastChangedDate: ago(1) },
    GetSecretValue: { SecretString: value },
  });
}

it('the URL that the guide gives to an application is well', async () => {
  expect(await askDatabaseUrl(RIGHT_URL)).toEqual({ result: 'well', says: '' });
});

it.each([
  {
    title: 'no password',
    value: RIGHT_URL.replace(':a%20password@', '@'),
    fault: 'its form',
  },
  {
    title: 'another host: tasks would reach no database, or that of another environment',
    value: RIGHT_URL.replace('db.example.com', 'other.example.com'),
    fault: 'host and port',
  },
  {
    title: 'another database of the instance',
    value: RIGHT_URL.replace('/prooflink_prod?', '/postgres?'),
    fault: 'the database’s name',
  },
  {
    title: 'another sslmode: the connection would be in clear text, or checked against no certificate',
    value: RIGHT_URL.replace('sslmode=require', 'sslmode=disable'),
    fault: 'sslmode',
  },
])('DATABASE_URL with $title', async ({ value, fault }) => {
  expect(await askDatabaseUrl(value)).toEqual({
    result: 'wrong',
    says:
      `DATABASE_URL is not as it should be: ${fault}. ` +
      'It should be postgresql://postgres:<password>@db.example.com:5432/prooflink_prod?sslmode=require',
    fix: 'step 3 of “Rotating the database password” in docs/runbook.md with that URL, then “restart” as there',
  });
});
