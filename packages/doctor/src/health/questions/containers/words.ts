import { messagesOf } from '@infra/commands/messages';
import { ja } from './ja';
import type { Lists, Texts } from '@infra/common/words';

/** Name of containers in a sentence, such as `web tasks`. */
type Containers = Texts<'containers'>;

/** Sentences of the questions on what containers need, in English. */
export const en = {
  /** Names of containers. */
  webTasks: 'web tasks',
  importJobs: 'import jobs',

  /** Statements that are true if all is well. */
  statements: {
    definition: ({ containers }: Containers) => `The ${containers} use what the stack made`,
    publicAddress: ({ containers }: Containers) => `The ${containers} get a public address`,
    route: ({ containers }: Containers) => `There is a route from the ${containers} to the internet`,
    internetAccess: ({ containers }: Containers) => `The ${containers} may reach the internet`,
    image: ({ containers }: Containers) => `The image of the ${containers} is there`,
    executionRole: ({ containers }: Containers) => `The ${containers} may be started with their role`,
    secrets: ({ containers }: Containers) => `The secrets of the ${containers} have a value`,
    logGroup: ({ containers }: Containers) => `The log group of the ${containers} is there`,
    wayToDatabase: ({ containers }: Containers) => `The ${containers} may reach the database`,
    taskRole: ({ containers }: Containers) => `The ${containers} may use their bucket`,
  },

  definition: {
    /** A revision of a task definition or job definition that was registered by hand. */
    byHand: ({
      containers,
      revision,
      revisionOfStack,
      differences,
    }: Containers & Texts<'revision' | 'revisionOfStack'> & Lists<'differences'>) =>
      `The ${containers} run ${revision}, which no deployment has registered, instead of ${revisionOfStack}. ` +
      `It differs in: ${differences.join(', ')}.`,
    /** Value of a property. */
    notSet: 'not set',
  },

  network: {
    noPublicAddress: ({ containers }: Containers) =>
      `The ${containers} get no public address: they reach neither ECR nor Secrets Manager.`,
    noRoute: ({ containers, routeTableId, range }: Containers & Texts<'routeTableId' | 'range'>) =>
      `${routeTableId} has no route ${range} to an internet gateway, and the ${containers} need it.`,
    deadRoute: ({ containers, routeTableId, range }: Containers & Texts<'routeTableId' | 'range'>) =>
      `The internet gateway to which ${routeTableId} leads ${range} is detached, and the ${containers} need it: ` +
      '“An internet gateway that is detached” in docs/runbook.md.',
    notLetOut: ({ containers, securityGroups, range }: Containers & Texts<'securityGroups' | 'range'>) =>
      `${securityGroups} does not let the ${containers} out to ${range}.`,
    /** @param blockage - A sentence without a period. `connect ETIMEDOUT` is the error in the application's log. */
    wayToDatabaseBlocked: ({ blockage }: Texts<'blockage'>) => `${blockage}: connect ETIMEDOUT.`,
  },

  image: {
    isGone: ({ containers, repositoryName, reference }: Containers & Texts<'repositoryName' | 'reference'>) =>
      `${repositoryName} has no image ${reference}, which the ${containers} want.`,
    giveJob: 'begin again with the folder of the import: npm run deploy:local -- --job <folder>',
    pushOrRelease: ({ releaseCommand, listCommand }: Texts<'releaseCommand' | 'listCommand'>) =>
      `push it, or release a tag that is there: ${releaseCommand}\nTags that are there: ${listCommand}`,
    otherPlatform: ({
      containers,
      image,
      imagePlatforms,
      platform,
    }: Containers & Texts<'image' | 'platform'> & Lists<'imagePlatforms'>) =>
      `${image} is for ${imagePlatforms.join(' and ')}, and the ${containers} run on ${platform}.`,
    buildAgain: ({ platform, releaseCommand }: Texts<'platform' | 'releaseCommand'>) =>
      `docker build --platform ${platform}, push it under a new tag, and release a tag that is there: ${releaseCommand}`,
  },

  roles: {
    cannotStart: ({ containers, roleName, actions }: Containers & Texts<'roleName' | 'actions'>) =>
      `The ${containers} cannot start: ${roleName} may not ${actions}.`,
    accessDenied: ({ containers, roleName, actions }: Containers & Texts<'roleName' | 'actions'>) =>
      `The ${containers} get AccessDenied: ${roleName} may not ${actions}.`,
  },

  secrets: {
    /** Name of the secret in a sentence. */
    secretOf: ({ containers, variable }: Containers & Texts<'variable'>) => `${variable} of the ${containers}`,
    isDeleted: ({ secretName }: Texts<'secretName'>) => `The secret ${secretName} waits for its deletion.`,
    unknown: ({ containers }: Containers) =>
      `The secrets of the ${containers} are not known: your rights do not read them (secretsmanager:GetSecretValue).`,
    isEmpty: ({ containers, variable }: Containers & Texts<'variable'>) =>
      `The secret ${variable} of the ${containers} is empty.`,
    noJson: ({ containers, secretName, jsonKey }: Containers & Texts<'secretName' | 'jsonKey'>) =>
      `The secret ${secretName}, of which the ${containers} want ${jsonKey}, is no JSON object.`,
    noValue: ({ containers, jsonKey }: Containers & Texts<'jsonKey'>) =>
      `The secret setting ${jsonKey} of the ${containers} has no value.`,
    /** Chapters on new values. */
    rotatePassword: '“Rotating the database password” in docs/runbook.md',
    rotateSessionSecret: '“Rotating NEXTAUTH_SECRET” in docs/runbook.md',
  },

  logGroupIsGone: ({ containers, logGroupName }: Containers & Texts<'logGroupName'>) =>
    `The log group ${logGroupName} is gone: the ${containers} do not start without it.`,
};

/** Sentences of the questions on what containers need, in the language of this process. */
export const words = messagesOf({ en, ja });
