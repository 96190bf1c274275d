import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { readAll } from '@infra/operate/deployed/pages';
import { type Answer, NOTHING_WRONG, wrongAnswer } from '../../answer';
import type { CheckedContainer } from './container-kind';
import { words } from './words';
import { revertDriftCommand } from '../../../revert-drift-command';

export async function checkLogGroup({ environment, container, kind }: CheckedContainer): Promise<Answer> {
  const { logGroup: logGroupName } = container;
  const pages = environment.client(CloudWatchLogs).paginateDescribeLogGroups({ logGroupNamePrefix: logGroupName });
  const logGroups = await readAll(pages, 'logGroups');
  // The prefix also matches longer names.
  const exists = logGroups.some((logGroup) => logGroup.logGroupName === logGroupName);
  if (exists) return NOTHING_WRONG;
  return wrongAnswer({
    says: words.logGroupIsGone({ containers: kind.pluralName, logGroupName }),
    fix: revertDriftCommand(environment),
  });
}
