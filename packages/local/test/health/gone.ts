import { Part, type StackPart } from '../../src/app';
import { sample } from '../../src/programs';
import { type Dev, names } from '../support/running-dev';
import { balancing, logs, secrets } from '@infra/operate/test/health/clients';
import {
  changeComputeEnvironment,
  changeSecret,
  changeService,
  deleteImage,
  deletePolicies,
  type Fault,
  idOf,
  subnetIds,
} from './breaking';
import { withJobDefinition } from './jobs';
import { withTaskDefinition } from './revision-cases';

/** Registers a revision of the import's job definition that has a secret setting from a key of a secret. */
async function addSettingToJobs(secret: StackPart): Promise<void> {
  const setting = { name: 'SMTP_PASSWORD', valueFrom: `${await idOf(secret)}:SMTP_PASSWORD::` };
  await withJobDefinition(({ secrets: before = [] }) => ({ secrets: [...before, setting] }));
}

/** Parts that are gone, or other ones, in the order in which `doctor` names them. */
export const gone = (dev: Dev): readonly Fault[] => [
  {
    title: '6.1: the image is for another processor',
    breakIt: async () => {
      const undo = await deleteImage(names.repositories.app, 'v1', () => dev().push.app('v1'));
      await dev().push.app('v1', sample.web('v1'), 'arm64');
      return undo;
    },
    says: ['prooflink-dev-app:v1 is for linux/arm64, and the web tasks run on linux/amd64'],
    fix: /^docker build --platform linux\/amd64/,
  },
  {
    title: '6.1: a secret was deleted, and waits for that',
    breakIt: async () => secrets.deleteSecret({ SecretId: await idOf(Part.sessionSecret) }),
    says: /^The secret NEXTAUTH_SECRET of the web tasks waits for its deletion/,
    fix: /^aws secretsmanager restore-secret --region ap-northeast-1 --secret-id arn:/,
  },
  {
    title: '6.1: the log group is gone',
    breakIt: () => logs.deleteLogGroup({ logGroupName: names.logGroups.app }),
    says: /^The log group \/ecs\/prooflink-dev-app is gone/,
  },
  {
    title: '6.1: DATABASE_URL names another endpoint',
    breakIt: () => changeSecret(Part.connectionUrlSecret, (url) => url.replace(/@[^/]+/, '@another.example.com:5432')),
    says: /^DATABASE_URL is not as it should be: host and port/,
    fix: /docs\/runbook.md/,
  },
  {
    title: 'a secret setting of the jobs has no value',
    breakIt: () => addSettingToJobs(Part.masterSecret),
    says: /^The secret setting SMTP_PASSWORD of the import jobs has no value\.$/,
    fix: /^aws batch deregister-job-definition /,
  },
  {
    title: '6.5: the task role has no right to the bucket',
    breakIt: () => deletePolicies(names.roles.batchTask),
    says: ['import jobs get AccessDenied: prooflink-dev-batch-task-role may not s3:ListBucket on ', 's3:GetObject'],
  },
  {
    title: '6.4: more tasks run than wanted',
    breakIt: () => changeService({ desiredCount: 3 }),
    says: /^prooflink-dev-service wants 3 web tasks, not 1/,
    fix: /^aws ecs update-service .* --desired-count 1$/,
  },
];

/** Parts that lead elsewhere, in the order in which `doctor` names them. */
export const elsewhere: readonly Fault[] = [
  {
    title: '6.1: the image’s URI is wrong',
    breakIt: () => withTaskDefinition({ image: '123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/prooflink-app:v1' }),
    says: [
      'The web tasks run ',
      '/prooflink-dev-app:v1 → 123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/prooflink-app:v1.',
    ],
  },
  {
    title: 'a listener leads elsewhere',
    breakIt: async () => {
      const ListenerArn = await idOf(Part.httpListener);
      return balancing.modifyListener({
        ListenerArn,
        DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '503' } }],
      });
    },
    says: ['(AWS::ElasticLoadBalancingV2::Listener): changed by hand: DefaultActions'],
  },
  {
    title: '6.5: the jobs run in private subnets',
    breakIt: async () => changeComputeEnvironment({ computeResources: { subnets: (await subnetIds()).slice(-2) } }),
    says: ['The import jobs are in subnet-', ', from where no route ', ' Their subnets are subnet-'],
  },
];
