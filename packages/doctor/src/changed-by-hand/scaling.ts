import { ApplicationAutoScaling, type ServiceNamespace } from '@aws-sdk/client-application-auto-scaling';
import { readAll } from '@infra/operate/deployed/pages';
import type { ComparedResource, Comparison } from './comparison';

/** Names by which Application Auto Scaling identifies a scalable target: here, the number of web tasks. */
interface ScalableTargetNames {
  readonly ServiceNamespace: ServiceNamespace;
  readonly ResourceId: string;
  readonly ScalableDimension: string;
}

/** Names of the scalable target that a resource of type ScalableTarget is. */
function namesOfTarget({ properties }: ComparedResource): ScalableTargetNames {
  const { ServiceNamespace, ResourceId, ScalableDimension } = properties as unknown as ScalableTargetNames;
  return { ServiceNamespace, ResourceId, ScalableDimension };
}

/**
 * Names of the scalable target that a scaling policy belongs to, from the policy's `ScalingTargetId`:
 * `service/<cluster>/<service>|ecs:service:DesiredCount|ecs`.
 */
function namesOfPolicyTarget({ properties }: ComparedResource): ScalableTargetNames {
  const [ResourceId = '', ScalableDimension = '', namespace] = String(properties['ScalingTargetId']).split('|');
  return { ServiceNamespace: namespace as ServiceNamespace, ResourceId, ScalableDimension };
}

/** Comparison of the bounds of the number of tasks. */
export const SCALABLE_TARGET: Comparison = {
  expects: ({ properties: { MinCapacity, MaxCapacity } }) => ({ MinCapacity, MaxCapacity }),
  read: async (compared) => {
    const { ServiceNamespace, ResourceId, ScalableDimension } = namesOfTarget(compared);
    const scaling = compared.environment.client(ApplicationAutoScaling);
    const pages = scaling.paginateDescribeScalableTargets({ ServiceNamespace, ResourceIds: [ResourceId] });
    const targets = await readAll(pages, 'ScalableTargets');
    return targets.find((target) => target.ScalableDimension === ScalableDimension);
  },
  fix: (compared) => {
    const { MinCapacity, MaxCapacity } = compared.properties;
    return [
      'application-autoscaling register-scalable-target',
      { ...namesOfTarget(compared), MinCapacity, MaxCapacity },
    ];
  },
};

/** Comparison of a scaling policy. */
export const SCALING_POLICY: Comparison = {
  expects: ({ properties: { PolicyType, TargetTrackingScalingPolicyConfiguration } }) => ({
    PolicyType,
    TargetTrackingScalingPolicyConfiguration,
  }),
  read: async (compared) => {
    const { ServiceNamespace, ResourceId } = namesOfPolicyTarget(compared);
    const PolicyNames = [compared.properties.PolicyName];
    const scaling = compared.environment.client(ApplicationAutoScaling);
    const pages = scaling.paginateDescribeScalingPolicies({ ServiceNamespace, ResourceId, PolicyNames });
    const [policy] = await readAll(pages, 'ScalingPolicies');
    return policy;
  },
  fix: (compared) => {
    const { PolicyName, PolicyType, TargetTrackingScalingPolicyConfiguration } = compared.properties;
    const target = namesOfPolicyTarget(compared);
    return [
      'application-autoscaling put-scaling-policy',
      { ...target, PolicyName, PolicyType, TargetTrackingScalingPolicyConfiguration },
    ];
  },
};
