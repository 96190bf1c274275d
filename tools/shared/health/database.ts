import { paginateDescribeDBInstances, RDSClient } from '@aws-sdk/client-rds';
import type { Service } from '@aws-sdk/client-ecs';
import { CannotTellError } from '@infra/common/outcome';
import { awsClient, itemsOf } from '../aws';
import type { DeployedStack } from '../deployed-stack';
import type { Part } from './part';

/** In these states it answers nobody. In the others, such as `backing-up`, it does, or will soon. */
const AWAY = /fail|error|incompatible|inaccessible|insufficient|full|stop/;

/** The database: it may be stopped as long as no web task wants it. */
export async function databasePart(stack: DeployedStack, { desiredCount = 0 }: Service): Promise<Part> {
  const [DBInstanceIdentifier] = stack.ids('AWS::RDS::DBInstance');
  const client = awsClient(RDSClient, stack);
  const found = paginateDescribeDBInstances({ client }, { DBInstanceIdentifier });
  const [it] = await itemsOf(found, (page) => page.DBInstances);
  if (!it) throw new CannotTellError(`There is no database ${DBInstanceIdentifier ?? ''}.`);
  const { DBInstanceStatus = '', Engine = '', EngineVersion = '' } = it;
  const isAway = AWAY.test(DBInstanceStatus) && (desiredCount > 0 || !DBInstanceStatus.startsWith('stop'));
  return {
    rows: [[DBInstanceIdentifier ?? '', `${DBInstanceStatus}, ${Engine} ${EngineVersion}`]],
    wrong: isAway ? [`The database is ${DBInstanceStatus}.`] : [],
  };
}
