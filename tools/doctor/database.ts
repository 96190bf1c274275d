import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { databasePart } from '../shared/health/database';
import type { Cause, Check } from './check';
import { type Containers, secretOf } from './containers';
import type { Facts } from './facts';
import { inbound, lets, named } from './security-groups';

/** The guide's port (2-3). The security groups speak of this one, wherever the database of a local AWS listens. */
const PORT = 5432;

/** The database itself, and the URL under which the web tasks look for it. */
export function databaseChecks(facts: Facts, web: Containers): Check[] {
  return [
    { question: 'Does the database run?', ask: () => state(facts) },
    { question: 'Does DATABASE_URL name the database?', ask: () => url(facts, web) },
  ];
}

export function wayToDatabase(facts: Facts, { who, network }: Containers): Check {
  const ask = async (): Promise<Cause | undefined> => {
    const { VpcSecurityGroups = [] } = await facts.database();
    const groups = await facts.securityGroups(VpcSecurityGroups.map((each) => each.VpcSecurityGroupId ?? ''));
    const theirs = (await network()).groups;
    if (lets(inbound(groups), PORT, { groups: theirs })) return undefined;
    const from = named(await facts.securityGroups(theirs));
    const says = `${named(groups)} does not admit port ${PORT} from ${from}: connect ETIMEDOUT.`;
    return { says, mend: facts.redeploy };
  };
  return { question: `May the ${who} reach the database?`, ask };
}

async function state(facts: Facts): Promise<Cause | undefined> {
  const { DBInstanceIdentifier = '' } = await facts.database();
  const [says] = (await databasePart(facts.stack, await facts.service())).wrong;
  if (says === undefined) return undefined;
  const { environment, region } = facts.stack;
  const start = facts.config.officeHours
    ? `npm run prooflink -- start ${environment}`
    : `aws rds start-db-instance --region ${region} --db-instance-identifier ${DBInstanceIdentifier}`;
  const events =
    `aws rds describe-events --region ${region} --source-type db-instance ` +
    `--source-identifier ${DBInstanceIdentifier} --duration 1440`;
  return { says, mend: /stop/.test(says) ? start : `what RDS says of it: ${events}` };
}

/** The URL is read, and nothing of it is told but what it should be. */
async function url(facts: Facts, { definition }: Containers): Promise<Cause | undefined> {
  const { stack, config } = facts;
  const secret = (await definition()).secrets.find(({ name }) => name === 'DATABASE_URL');
  const { Endpoint } = await facts.database();
  const wanted = new GetSecretValueCommand({ SecretId: secretOf(secret?.valueFrom).arn });
  const { SecretString = '' } = await new SecretsManagerClient(stack.clientConfig).send(wanted);
  const is = URL.canParse(SecretString) ? new URL(SecretString) : undefined;
  const faults = [
    ...(is && /^postgres(ql)?:$/.test(is.protocol) && is.username && is.password ? [] : ['its form']),
    ...(is && is.host !== `${Endpoint?.Address ?? ''}:${Endpoint?.Port ?? ''}` ? ['host and port'] : []),
    ...(is && is.pathname !== `/${config.database.databaseName}` ? ['the database’s name'] : []),
    ...(is && is.searchParams.get('sslmode') !== config.database.sslMode ? ['sslmode'] : []),
  ];
  if (faults.length === 0) return undefined;
  const { databaseName, sslMode } = config.database;
  const form = `postgresql://postgres:<password>@${Endpoint?.Address ?? ''}:${Endpoint?.Port ?? ''}`;
  return {
    says: `DATABASE_URL is not as it should be: ${faults.join(', ')}. It is ${form}/${databaseName}?sslmode=${sslMode}`,
    mend: 'step 3 of “Rotating the database password” in docs/runbook.md, with the URL above, and its “restart”',
  };
}
