import { ApplicationAutoScaling } from '@aws-sdk/client-application-auto-scaling';
import { Batch } from '@aws-sdk/client-batch';
import { Scheduler } from '@aws-sdk/client-scheduler';
import { without } from '@infra/common/values';
import type { Case } from './standing';

const scalable = {
  ServiceNamespace: 'ecs',
  ResourceId: 'service/prooflink-prod-cluster/prooflink-prod-service',
  ScalableDimension: 'ecs:service:DesiredCount',
} as const;
const scaling = () => new ApplicationAutoScaling({});

/** Changes by hand of scaling, jobs and schedules. */
export const RUNTIME_BY_HAND: readonly Case[] = [
  [
    'AWS::ApplicationAutoScaling::ScalableTarget',
    /^changed by hand: min capacity `2` → `0`\nchanged by hand: max capacity `4` → `0`\n.* dynamic scaling out suspended/,
    () => {
      const changed = { MinCapacity: 0, MaxCapacity: 0, SuspendedState: { DynamicScalingOutSuspended: true } };
      return scaling().registerScalableTarget({ ...scalable, ...changed });
    },
  ],
  [
    'AWS::ApplicationAutoScaling::ScalingPolicy',
    /^changed by hand: target tracking scaling policy configuration target value `60` → `99`$/,
    async (at) => {
      const PolicyName = (await at.prod.id('AWS::ApplicationAutoScaling::ScalingPolicy')).split('policyName/')[1];
      const PredefinedMetricSpecification = { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' } as const;
      const TargetTrackingScalingPolicyConfiguration = { TargetValue: 99, PredefinedMetricSpecification };
      const PolicyType = 'TargetTrackingScaling';
      const policy = { ...scalable, PolicyName, PolicyType, TargetTrackingScalingPolicyConfiguration } as const;
      await scaling().putScalingPolicy(policy);
    },
  ],
  [
    'AWS::ApplicationAutoScaling::ScalingPolicy',
    /^deleted by hand: AWS::ApplicationAutoScaling::ScalingPolicy$/,
    async (at) => {
      const PolicyName = (await at.prod.id('AWS::ApplicationAutoScaling::ScalingPolicy')).split('policyName/')[1];
      await scaling().deleteScalingPolicy({ ...scalable, PolicyName });
    },
  ],
  [
    'AWS::ApplicationAutoScaling::ScalableTarget',
    /^deleted by hand: AWS::ApplicationAutoScaling::ScalableTarget$/,
    () => scaling().deregisterScalableTarget(scalable),
  ],
  [
    'AWS::Batch::JobQueue',
    /^changed by hand: state `ENABLED` → `DISABLED`$/,
    async (at) =>
      new Batch({}).updateJobQueue({ jobQueue: await at.prod.id('AWS::Batch::JobQueue'), state: 'DISABLED' }),
  ],
  [
    'AWS::Batch::JobDefinition',
    /^changed by hand: revision `1` → `2`$/,
    () => {
      const containerProperties = { image: 'other', memory: 512, vcpus: 1 };
      const definition = { jobDefinitionName: 'prooflink-prod-user-import', type: 'container', containerProperties };
      return new Batch({}).registerJobDefinition({ ...definition, platformCapabilities: ['FARGATE'] } as never);
    },
  ],
  [
    'AWS::Batch::JobDefinition',
    /^deleted by hand: AWS::Batch::JobDefinition$/,
    async (at) =>
      new Batch({}).deregisterJobDefinition({ jobDefinition: await at.prod.id('AWS::Batch::JobDefinition') }),
  ],
  [
    'AWS::Scheduler::Schedule',
    /^changed by hand: state `ENABLED` → `DISABLED`$/,
    async (at) => {
      const scheduler = new Scheduler({});
      const schedule = await scheduler.getSchedule({ Name: await at.dev.id('AWS::Scheduler::Schedule') });
      await scheduler.updateSchedule({ ...without(schedule, 'Arn', '$metadata'), State: 'DISABLED' } as never);
    },
  ],
  [
    'AWS::Scheduler::Schedule',
    /^deleted by hand: AWS::Scheduler::Schedule$/,
    async (at) => new Scheduler({}).deleteSchedule({ Name: await at.dev.id('AWS::Scheduler::Schedule') }),
  ],
];
