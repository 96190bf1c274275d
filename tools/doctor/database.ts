import { databasePart } from '../shared/health/database';
import { cause, type Check, type Found } from './check';
import { type Containers, secretOf } from './container';
import type { Facts } from './facts';
import { Variable } from '../../lib/contract';

/** The database itself, and the URL under which the web tasks look for it. */
export function databaseChecks(facts: Facts, web: Containers): Check[] {
  return [
    ['Does the database run?', () => state(facts)],
    ['Does DATABASE_URL name the database?', () => url(facts, web)],
  ];
}

async function state({ aws, config, database, service, stack }: Facts): Found {
  const { DBInstanceIdentifier = '' } = await database();
  const [says] = (await databasePart(stack, await service())).wrong;
  if (says === undefined) return undefined;
  const events = `--source-type db-instance --source-identifier ${DBInstanceIdentifier} --duration 1440`;
  if (!/stop/.test(says)) return cause(says, `what RDS says of it: ${aws('rds describe-events', events)}`);
  const start = aws('rds start-db-instance', `--db-instance-identifier ${DBInstanceIdentifier}`);
  return cause(says, config.officeHours ? `npm run prooflink -- start ${stack.environment}` : start);
}

/** The URL is read, and nothing of it is told but what it should be. */
async function url({ config, database, secretValue }: Facts, { definition }: Containers): Found {
  const secret = (await definition()).secrets.find(({ name }) => name === Variable.databaseUrl);
  const { Address = '', Port = 0 } = (await database()).Endpoint ?? {};
  const { databaseName, sslMode } = config.database;
  const value = await secretValue(secretOf(secret?.valueFrom).arn);
  if (value === undefined) return undefined;
  const is = URL.canParse(value) ? new URL(value) : undefined;
  const faults = [
    is && /^postgres(ql)?:$/.test(is.protocol) && is.username && is.password ? '' : 'its form',
    !is || is.host === `${Address}:${Port}` ? '' : 'host and port',
    !is || is.pathname === `/${databaseName}` ? '' : 'the database’s name',
    !is || is.searchParams.get('sslmode') === sslMode ? '' : 'sslmode',
  ].filter(Boolean);
  if (faults.length === 0) return undefined;
  const right = `postgresql://postgres:<password>@${Address}:${Port}/${databaseName}?sslmode=${sslMode}`;
  return cause(
    `DATABASE_URL is not as it should be: ${faults.join(', ')}. It should be ${right}`,
    'step 3 of “Rotating the database password” in docs/runbook.md with that URL, then “restart” as there',
  );
}
