import { RDS } from '@aws-sdk/client-rds';
import { type DeployedStack, first, idOf } from './deployed-stack';

/** The database of a stack. */
export function databaseOf(stack: DeployedStack) {
  const DBInstanceIdentifier = idOf(stack, 'AWS::RDS::DBInstance');
  const pages = stack.client(RDS).paginateDescribeDBInstances({ DBInstanceIdentifier });
  return first(`database ${DBInstanceIdentifier}`, pages, 'DBInstances');
}
