import type { Resource } from '@infra/common/template';
import { isTrue, stableJson } from '@infra/common/values';
import { wordsOf } from '../messages';
import type { BeforeAndAfter } from '../model/entry';
import type { Effect } from '../model/finding';
import { holdsData } from '../read/held-data';
import { withoutChangedMarks } from '../read/normalized-text';
import { isImplied } from '../read/evaluation';
import type { TemplateReader } from '../read/template-reader';
import { isHarmlessIfRemoved } from '../rules/presence';
import { deletionSentence, levelOfRemoval } from './removal';

/** The type that permits a major version by a property of its own. */
const DATABASE = 'AWS::RDS::DBInstance';
const MAJOR_VERSION = /^\d+/;

/** Effect of a new condition: where it does not hold, a deployed resource is removed as its DeletionPolicy says. */
export function conditionEffects(
  { before, after }: BeforeAndAfter<Resource>,
  readers: BeforeAndAfter<TemplateReader>,
): Effect[] {
  const { Condition: condition } = after;
  const isNewCondition = typeof condition === 'string' && condition !== before.Condition;
  if (!isNewCondition || isHarmlessIfRemoved(after.Type)) return [];
  const earlier = typeof before.Condition === 'string' ? before.Condition : undefined;
  if (isImplied({ before: earlier, after: condition }, readers)) return [];
  const level = holdsData(after) ? levelOfRemoval(after) : 'look';
  const sentence = wordsOf('conditional', {
    condition: withoutChangedMarks(condition),
    then: deletionSentence(after, after.DeletionPolicy),
  });
  return [{ level, sentence }];
}

/** RDS upgrades the major version of an engine only if that is permitted. */
export function majorUpgradeEffects({ before, after }: BeforeAndAfter<Resource>): Effect[] {
  const isDatabase = before.Type === DATABASE;
  const isUpgraded = majorVersionOf(after) > majorVersionOf(before);
  const isPermitted = isTrue(after.Properties?.['AllowMajorVersionUpgrade']);
  if (!isDatabase || !isUpgraded || isPermitted) return [];
  return [{ level: 'fails', sentence: wordsOf('majorRefused') }];
}

function majorVersionOf({ Properties }: Resource): number {
  const version = String(Properties?.['EngineVersion']);
  const [major] = MAJOR_VERSION.exec(version) ?? [];
  return Number(major);
}

/** Effect of a pipeline with fewer approvals than before, whatever its stages are called. */
export function approvalEffects({ before, after }: BeforeAndAfter<Resource>): Effect[] {
  const isPipeline = after.Type === 'AWS::CodePipeline::Pipeline';
  const hasFewer = approvalsIn(after) < approvalsIn(before);
  return isPipeline && hasFewer ? [{ level: 'weaker', sentence: wordsOf('noApproval') }] : [];
}

function approvalsIn({ Properties }: Resource): number {
  return stableJson(Properties).split('"Category":"Approval"').length;
}
