import { Part } from '@infra/commands/app';
import { sample } from '@infra/local/programs';
import { type Dev, names } from '@infra/local/test/support/running-dev';
import { balancing } from '../health/clients';
import {
  changeComputeEnvironment,
  changeService,
  deleteImage,
  deletePolicies,
  type Fault,
  idOf,
  subnetIds,
} from './breaking';

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
    says: ['rtb-', ' has no route 0.0.0.0/0 to an internet gateway, and the import jobs need it.'],
  },
];
