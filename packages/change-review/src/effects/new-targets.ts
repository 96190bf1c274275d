import type { Resource } from '@infra/common/template';
import { isRecord, stableJson, valueAtPath } from '@infra/common/values';
import { type MessageId, wordsOf } from '../messages';
import { listOf } from '../messages/words';
import type { Effect } from '../model/finding';
import type { Naming } from '../read/naming';
import { readableText } from '../read/normalized-text';
import { isInTemplate } from '../read/value';

/** Targets of a resource: what it sends data or requests to, or takes a part of its template from. */
interface Targets {
  readonly type: RegExp;
  /** The targets as texts that a reader recognizes. */
  readonly find: (properties: NonNullable<Resource['Properties']>) => string[];
  readonly message: MessageId;
}

const TARGETS: readonly Targets[] = [
  {
    type: /^AWS::S3::Bucket$/,
    find: ({ ReplicationConfiguration }) => valuesOf('Destination', ReplicationConfiguration).map(replicaText),
    message: 'copiedTo',
  },
  {
    type: /^AWS::CloudWatch::Dashboard$/,
    find: ({ DashboardBody }) => valuesOf('endpoint', DashboardBody).map(textOf),
    message: 'widgetCalls',
  },
  {
    type: /^AWS::ElasticLoadBalancingV2::Listener(Rule)?$/,
    find: (properties) => valuesOf('RedirectConfig', properties).flatMap(otherHostOf),
    message: 'redirectsTo',
  },
  {
    type: /^AWS::ElasticLoadBalancingV2::Listener(Rule)?$/,
    find: ({ Conditions, Actions, DefaultActions }) => {
      const requests = valuesOf('Values', Conditions).flat().map(textOf).join(', ') || '*';
      return valuesOf('TargetGroupArn', [Actions, DefaultActions]).map((target) => `${requests} → ${textOf(target)}`);
    },
    message: 'routesTo',
  },
  {
    type: /./,
    find: (properties) => valuesOf('Fn::Transform', properties).map(textOf),
    message: 'includes',
  },
];

/** A reference of a redirection to the host of the request. */
const SAME_HOST = '#{host}';

/** Effects of targets that a resource did not have before. One that is not in the template may be anybody's. */
export function newTargetEffects(before: Resource | undefined, after: Resource, naming: Naming): Effect[] {
  return TARGETS.flatMap(({ type, find, message }): Effect[] => {
    if (!type.test(after.Type)) return [];
    const targetsBefore = find(before?.Properties ?? {});
    const newTargets = find(after.Properties ?? {}).filter((target) => !targetsBefore.includes(target));
    if (newTargets.length === 0) return [];
    const level = newTargets.every(isInTemplate) ? 'look' : 'weaker';
    const targets = [...new Set(newTargets)].map((target) => naming(readableText(target)));
    return [{ level, sentence: wordsOf(message, { targets: listOf(targets) }) }];
  });
}

function replicaText(destination: unknown): string {
  const bucket = textOf(valueAtPath(destination, 'Bucket'));
  const account = valueAtPath(destination, 'Account');
  return account === undefined ? bucket : `${bucket} (${textOf(account)})`;
}

function otherHostOf(redirection: unknown): string[] {
  const host = valueAtPath(redirection, 'Host');
  return host === undefined || textOf(host).includes(SAME_HOST) ? [] : [textOf(host)];
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : stableJson(value);
}

/** The values of a key, wherever in a value. */
function valuesOf(key: string, value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap((item) => valuesOf(key, item));
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) => (name === key ? [inner] : valuesOf(key, inner)));
}
