import { stableJson } from '@infra/common/values';
import {
  always,
  becomes,
  becomesOffDespiteDefault,
  type Condition,
  decreases,
  growsMuch,
  isRemoved,
  staysZero,
  turnsOff,
} from './conditions';
import { rulesFor } from './rule';

/** Bounds of what runs at the same time. */
const CAPACITY = /^((Min|Max|Desired)(Capacity|Size)|ComputeResources\.(M(in|ax)|Desired)vCpus)$/;

/** x86_64 is the default. */
const isOtherArchitecture: Condition = (before, after) => {
  return stableJson(before).includes('arm64') !== stableJson(after).includes('arm64');
};

/** Rules for APIs, queues, event sources, instances and other services, most of which need only a look. */
export const SERVICES = [
  rulesFor(/^AWS::Lambda::EventSourceMapping$/, {
    path: /^Enabled$/,
    reportIf: becomesOffDespiteDefault,
    weaker: 'sourceOff',
  }),
  rulesFor(
    /^AWS::CloudFront::Distribution$/,
    { path: /^DistributionConfig\.Comment$/, harmlessIf: always },
    { path: /^DistributionConfig\.Enabled$/, reportIf: turnsOff, weaker: 'siteOff' },
    { path: /\b(Lambda)?FunctionAssociations\b/, look: 'code' },
  ),
  rulesFor(/^AWS::(EC2::(Instance|LaunchTemplate)|AutoScaling::LaunchConfiguration)$/, {
    path: /^(LaunchTemplateData\.)?UserData$/,
    look: 'script',
  }),
  rulesFor(
    /^AWS::CodeBuild::Project$/,
    { path: /^Source\.BuildSpec[.[]/, look: 'script' },
    // Without a space it is the address of a file.
    { path: /^Source\.BuildSpec$/, reportIf: becomes(/\s/), look: 'script' },
  ),
  rulesFor(/^AWS::StepFunctions::StateMachine$/, { path: /^Definition(String)?\b/, look: 'script' }),
  rulesFor(/^AWS::(CloudFormation::Stack(Set)?|ServiceCatalog::CloudFormationProduct|Serverless::Application)$/, {
    path: /^TemplateURL$|\bInfo\.LoadTemplateFromURL$|^Location\b/,
    weaker: 'otherTemplate',
  }),
  rulesFor(/^AWS::Lambda::Function$/, { path: /^Architectures\b/, reportIf: isOtherArchitecture, look: 'processor' }),
  rulesFor(
    /^AWS::(ApplicationAutoScaling::ScalableTarget|AutoScaling::AutoScalingGroup|Batch::ComputeEnvironment)$/,
    { path: CAPACITY, harmlessIf: staysZero },
    { path: CAPACITY, reportIf: decreases, look: 'fewer' },
    { path: CAPACITY, reportIf: growsMuch, look: 'muchMore' },
  ),
  // One of two tags of the same key may stay.
  rulesFor(/^AWS::/, { path: /^Tags(\[[^$\]\d]|$)/, reportIf: isRemoved, look: 'tagGone' }),
];

/** Rules for what no other rule has a message on, of types whose every value has the same consequence. */
export const FALLBACKS = [
  // CloudFormation reads ServiceTimeout itself.
  rulesFor(/^((?!AWS::)\w+::|AWS::CloudFormation::CustomResource$)/, {
    path: /^(?!ServiceTimeout$)/,
    look: 'handlerDecides',
  }),
];
