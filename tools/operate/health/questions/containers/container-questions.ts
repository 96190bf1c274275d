import type { Answer } from '../../answer';
import type { Question } from '../../question';
import type { CheckedContainer, ContainerKind } from './container-kind';
import { checkDefinition } from './definition';
import { checkImage } from './image';
import { checkLogGroup } from './log-group';
import { checkInternetAccess, checkPublicAddress, checkRoute, checkWayToDatabase } from './network';
import { checkNetworkAcls } from './network-acls';
import { checkExecutionRole, checkTaskRole } from './roles';
import { checkSecrets } from './secrets';

/** A question that is asked about each kind of container. */
interface ContainerQuestion {
  /** Id of the question, without the suffix of the kind. */
  readonly id: string;
  /** Statement on containers such as `web tasks`: the answer says if it is true. */
  readonly statementOn: (containers: ContainerKind['pluralName']) => string;
  readonly check: (checkedContainer: CheckedContainer) => Promise<Answer> | Answer;
}

/**
 * Questions on what a container needs, in the order in which it needs it: to be started, its definition, the network, the
 * image, the secrets and the log group; to work, the database and its role. Thus a cause precedes its consequences.
 */
const CONTAINER_QUESTIONS: readonly ContainerQuestion[] = [
  {
    id: 'own-parts',
    statementOn: (containers) => `The ${containers} use what the stack made`,
    check: checkDefinition,
  },
  {
    id: 'public-address',
    statementOn: (containers) => `The ${containers} get a public address`,
    check: checkPublicAddress,
  },
  {
    id: 'route',
    statementOn: (containers) => `There is a route from the ${containers} to the internet`,
    check: checkRoute,
  },
  {
    id: 'network-acl',
    statementOn: (containers) => `The network ACLs let the ${containers} through`,
    check: checkNetworkAcls,
  },
  {
    id: 'way-out',
    statementOn: (containers) => `The ${containers} may reach the internet`,
    check: checkInternetAccess,
  },
  {
    id: 'image',
    statementOn: (containers) => `The image of the ${containers} is there`,
    check: checkImage,
  },
  {
    id: 'execution-role',
    statementOn: (containers) => `The ${containers} may be started with their role`,
    check: checkExecutionRole,
  },
  {
    id: 'secrets',
    statementOn: (containers) => `The secrets of the ${containers} have a value`,
    check: checkSecrets,
  },
  {
    id: 'log-group',
    statementOn: (containers) => `The log group of the ${containers} is there`,
    check: checkLogGroup,
  },
  {
    id: 'way-to-database',
    statementOn: (containers) => `The ${containers} may reach the database`,
    check: checkWayToDatabase,
  },
  {
    id: 'task-role',
    statementOn: (containers) => `The ${containers} may use their bucket`,
    check: checkTaskRole,
  },
];

/** The questions on one kind of container. */
export function containerQuestions(kind: ContainerKind): Question[] {
  return CONTAINER_QUESTIONS.map(({ id, statementOn, check }) => ({
    id: `${id}-${kind.idSuffix}`,
    statement: statementOn(kind.pluralName),
    firstAskedBy: 'doctor',
    applies: kind.applies,
    ask: async (environment) => {
      const container = await kind.readContainer(environment);
      return await check({ environment, container, kind });
    },
  }));
}
