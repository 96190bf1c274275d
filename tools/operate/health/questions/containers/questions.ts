import type { Question } from '../../question';
import { checkDefinition, checkLogGroup, checkPublicAddress } from './definition';
import { checkImage } from './image';
import type { ContainerCheck, ContainerKind } from './kind';
import { checkInternetAccess, checkNetworkAcls, checkRoute, checkWayToDatabase } from './network';
import { checkExecutionRole, checkTaskRole } from './roles';
import { checkSecrets } from './secrets';

/** A question of which each kind of container has its own. */
interface ContainerQuestion {
  readonly id: string;
  readonly statementOn: (noun: ContainerKind['noun']) => string;
  readonly check: ContainerCheck;
}

/** Needs of a container that starts, from its definition to the database. */
const CONTAINER_QUESTIONS: readonly ContainerQuestion[] = [
  {
    id: 'own-parts',
    statementOn: (noun) => `The ${noun} use what the stack made`,
    check: checkDefinition,
  },
  {
    id: 'public-address',
    statementOn: (noun) => `The ${noun} get a public address`,
    check: checkPublicAddress,
  },
  {
    id: 'route',
    statementOn: (noun) => `There is a route from the ${noun} to the internet`,
    check: checkRoute,
  },
  {
    id: 'network-acl',
    statementOn: (noun) => `The network ACLs let the ${noun} through`,
    check: checkNetworkAcls,
  },
  {
    id: 'way-out',
    statementOn: (noun) => `The ${noun} may reach the internet`,
    check: checkInternetAccess,
  },
  {
    id: 'image',
    statementOn: (noun) => `The image of the ${noun} is there`,
    check: checkImage,
  },
  {
    id: 'execution-role',
    statementOn: (noun) => `The ${noun} may be started with their role`,
    check: checkExecutionRole,
  },
  {
    id: 'secrets',
    statementOn: (noun) => `The secrets of the ${noun} have a value`,
    check: checkSecrets,
  },
  {
    id: 'log-group',
    statementOn: (noun) => `The log group of the ${noun} is there`,
    check: checkLogGroup,
  },
  {
    id: 'way-to-database',
    statementOn: (noun) => `The ${noun} may reach the database`,
    check: checkWayToDatabase,
  },
  {
    id: 'task-role',
    statementOn: (noun) => `The ${noun} may use their bucket`,
    check: checkTaskRole,
  },
];

/** The questions on one kind of container. */
export function containerQuestions(kind: ContainerKind): Question[] {
  return CONTAINER_QUESTIONS.map(({ id, statementOn, check }) => ({
    id: `${id}-${kind.idSuffix}`,
    statement: statementOn(kind.noun),
    depth: 'cause',
    applies: kind.applies,
    ask: async (environment) => check(environment, await kind.readContainer(environment), kind),
  }));
}
