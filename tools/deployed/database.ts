import { RDS } from '@aws-sdk/client-rds';
import { type DeployedStack, readFirst, physicalIdOf } from './deployed-stack';

/** The database of a stack. */
export function describeDatabase(stack: DeployedStack) {
  const DBInstanceIdentifier = physicalIdOf(stack, 'AWS::RDS::DBInstance');
  const pages = stack.client(RDS).paginateDescribeDBInstances({ DBInstanceIdentifier });
  return readFirst(`database ${DBInstanceIdentifier}`, pages, 'DBInstances');
}
