import { always, becomesReference, isSetAfter, onlyCommentsChange } from './conditions';
import { rulesFor } from './rule';

/** Rules for APIs, queues, event sources, instances and other services, most of which need only a look. */
export const SERVICES = [
  rulesFor(/^AWS::AppSync::(Resolver|FunctionConfiguration)$/, {
    path: /MappingTemplate$/,
    harmlessIf: onlyCommentsChange,
    folded: 'comment',
  }),
  rulesFor(/^AWS::AppSync::GraphQLSchema$/, { path: /^Definition/, look: 'apiSchema' }),
  rulesFor(/^AWS::ApiGateway(V2::Api|::RestApi)$/, { path: /^Body/, look: 'apiSchema' }),
  rulesFor(
    /^AWS::Lambda::EventSourceMapping$/,
    { path: /^(BatchSize|MaximumBatchingWindowInSeconds)$/, look: 'batch' },
    { path: /^FunctionResponseTypes\b/, look: 'failedRecords' },
    { path: /^FilterCriteria\b/, look: 'events' },
  ),
  rulesFor(/^AWS::AutoScaling::AutoScalingGroup$/, {
    path: /^(LaunchTemplate|LaunchConfigurationName|MixedInstancesPolicy)\b/,
    look: 'otherInstances',
  }),
  rulesFor(/^AWS::EC2::LaunchTemplate$/, {
    path: /\bTagSpecifications\[[^\]]*\]\.Tags\[/,
    harmlessIf: isSetAfter,
  }),
  rulesFor(
    /^AWS::CloudFront::Distribution$/,
    { path: /^DistributionConfig\.Comment$/, harmlessIf: always },
    { path: /^DistributionConfig\.Aliases\b/, look: 'hostNames' },
    { path: /\b(Lambda)?FunctionAssociations\b/, look: 'code' },
    { path: /\b(CachePolicyId|\w*RequestPolicyId|ForwardedValues|CachedMethods|Compress|\w*TTL)\b/, look: 'caching' },
    { path: /\b(Origins|OriginGroups|TargetOriginId|PathPattern)\b/, look: 'requests' },
  ),
  rulesFor(/^AWS::Logs::MetricFilter$/, { path: /./, look: 'metric' }),
  rulesFor(/^AWS::SSM::Parameter$/, { path: /^Value$/, look: 'parameterValue' }),
];

/** Rules for what no other rule has a message on, by the type alone or by the kind of value. */
export const FALLBACKS = [
  rulesFor(/^(Custom::|AWS::CloudFormation::CustomResource$)/, { path: /./, look: 'handlerDecides' }),
  rulesFor(/^(?!AWS::|Custom::)\w+::/, { path: /./, look: 'providerDecides' }),
  rulesFor(/^AWS::(EC2::LaunchTemplate|AutoScaling::LaunchConfiguration)$/, { path: /./, look: 'futureInstances' }),
  rulesFor(/^AWS::/, {
    path: /./,
    reportIf: becomesReference,
    look: 'otherResource',
  }),
];
