import { CloudFormation, type Stack } from '@aws-sdk/client-cloudformation';
import { accountOf, isMissingStack } from '@infra/operate/deployed/deployed-stack';
import type { Environment } from '@infra/operate/deployed/environment';
import { readAll } from '@infra/operate/deployed/pages';
import { type Answer, NOTHING_WRONG, wrongAnswer } from '../answer';
import type { Question } from '../question';
import { words } from './words';

/** Question on the stack of `cdk bootstrap`, without which the next deployment and the next release fail. */
export const BOOTSTRAP: Question = {
  id: 'bootstrap',
  statement: words.statements.bootstrap,
  firstAskedBy: 'doctor',
  ask: checkBootstrap,
};

const TOOLKIT = 'CDKToolkit';

/** Statuses of a stack without resources, or with a part of them. */
const INCOMPLETE = /^$|^DELETE|^ROLLBACK|^CREATE_FAILED$|^REVIEW/;

async function checkBootstrap(environment: Environment): Promise<Answer> {
  const status = (await readToolkit(environment))?.StackStatus ?? '';
  if (!INCOMPLETE.test(status)) return NOTHING_WRONG;
  return wrongAnswer({
    says: words.noBootstrap({ stackName: TOOLKIT, status }),
    fix: [...bootstrapCommands(environment), 'npm run prooflink -- prepare'].join('\n'),
  });
}

/** File of the template that bootstraps, in a folder of this machine alone. */
const TEMPLATE_FILE = 'node_modules/cdk-toolkit.json';

/**
 * Commands that bootstrap with the bucket that is left of a deleted stack. CloudFormation takes over what exists only by a name in
 * plain text (import-resources-automatically.html), and that of the CDK's template is computed.
 */
function bootstrapCommands(environment: Environment): string[] {
  const account = accountOf(environment);
  const { region } = environment;
  const name = `.Resources.StagingBucket.Properties.BucketName="cdk-hnb659fds-assets-${account}-${region}"`;
  return [
    `npx cdk bootstrap --show-template --json | jq '${name}' > ${TEMPLATE_FILE}`,
    `npx cdk bootstrap aws://${account}/${region} --template ${TEMPLATE_FILE}`,
  ];
}

async function readToolkit(environment: Environment): Promise<Stack | undefined> {
  try {
    const pages = environment.client(CloudFormation).paginateDescribeStacks({ StackName: TOOLKIT });
    const [toolkit] = await readAll(pages, 'Stacks');
    return toolkit;
  } catch (error) {
    if (isMissingStack(error, TOOLKIT)) return undefined;
    throw error;
  }
}
