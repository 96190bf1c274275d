import type { Message } from '@infra/common/message';
import type { Answer } from '../../answer';
import type { Question } from '../../question';
import type { CheckedContainer, ContainerKind } from './container-kind';
import { checkDefinition } from './definition';
import { words } from './words';
import { checkImage } from './image';
import { checkLogGroup } from './log-group';
import { checkInternetAccess, checkPublicAddress, checkRoute, checkWayToDatabase } from './network';
import { checkExecutionRole, checkTaskRole } from './roles';
import { checkSecrets } from './secrets';

/** A question that is asked about each kind of container. */
interface ContainerQuestion {
  /** Id of the question, without the suffix of the kind. */
  readonly id: string;
  /** Statement on containers: the answer says if it is true. */
  readonly statementOn: (names: { readonly containers: string }) => Message;
  readonly check: (checkedContainer: CheckedContainer) => Promise<Answer> | Answer;
}

/**
 * Questions on what a container needs, in the order in which it needs it: to be started, its definition, the network, the
 * image, the secrets and the log group; to work, the database and its role. Thus a cause precedes its consequences. They are
 * the causes of chapter 6 of the guide (6.1, 6.3, 6.5, 6.6).
 */
const CONTAINER_QUESTIONS: readonly ContainerQuestion[] = [
  {
    id: 'own-parts',
    statementOn: words.statements.definition,
    check: checkDefinition,
  },
  {
    id: 'public-address',
    statementOn: words.statements.publicAddress,
    check: checkPublicAddress,
  },
  {
    id: 'route',
    statementOn: words.statements.route,
    check: checkRoute,
  },
  {
    id: 'way-out',
    statementOn: words.statements.internetAccess,
    check: checkInternetAccess,
  },
  {
    id: 'image',
    statementOn: words.statements.image,
    check: checkImage,
  },
  {
    id: 'execution-role',
    statementOn: words.statements.executionRole,
    check: checkExecutionRole,
  },
  {
    id: 'secrets',
    statementOn: words.statements.secrets,
    check: checkSecrets,
  },
  {
    id: 'log-group',
    statementOn: words.statements.logGroup,
    check: checkLogGroup,
  },
  {
    id: 'way-to-database',
    statementOn: words.statements.wayToDatabase,
    check: checkWayToDatabase,
  },
  {
    id: 'task-role',
    statementOn: words.statements.taskRole,
    check: checkTaskRole,
  },
];

/** The questions on one kind of container. */
export function containerQuestions(kind: ContainerKind): Question[] {
  return CONTAINER_QUESTIONS.map(({ id, statementOn, check }) => ({
    id: `${id}-${kind.idSuffix}`,
    statement: statementOn({ containers: kind.pluralName }),
    firstAskedBy: 'doctor',
    stopsWebTasks: kind.idSuffix === 'app',
    applies: kind.applies,
    ask: async (environment) => {
      const container = await kind.readContainer(environment);
      return await check({ environment, container, kind });
    },
  }));
}
