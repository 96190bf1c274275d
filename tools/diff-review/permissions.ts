import { deepEqual } from '@aws-cdk/cloudformation-diff';
import type { IamChanges } from '@aws-cdk/cloudformation-diff/lib/iam/iam-changes';
import type { Statement, Targets } from '@aws-cdk/cloudformation-diff/lib/iam/statement';
import type { Finding, ValueChange } from './model';
import type { Naming } from '../shared/naming';
import { say, type Words } from '../shared/words';

/** What a change allows that was not allowed, a finding per statement. */
export function widenedPermissions(changes: IamChanges, naming: Naming): Finding[] {
  const { additions, removals } = changes.statements;
  const allowed = additions
    .filter((statement) => !isDeny(statement) && !allowedBefore(statement, removals))
    .map((statement) => describeAllowed(statement, closest(statement, removals), naming));
  const undenied = removals
    .filter((statement) => isDeny(statement) && !additions.some((now) => isDeny(now) && coversAll(now, statement)))
    .map((statement) =>
      finding(statement, say`No longer denied, or denied less widely.`, values(statement, undefined), naming),
    );
  const attached = changes.managedPolicies.additions.map(({ identityArn, managedPolicyArn }): Finding => ({
    level: 'weaker',
    subject: say`Permissions of ${naming(identityArn)}`,
    says: [say`The managed policy ${managedPolicyArn} is attached.`],
    changes: [],
  }));
  return [...allowed, ...undenied, ...attached];
}

const isDeny = (statement: Statement): boolean => statement.render().effect === 'Deny';

function describeAllowed(statement: Statement, old: Statement | undefined, naming: Naming): Finding {
  if (!old) return finding(statement, say`Newly allowed.`, values(undefined, statement), naming);
  const dropped = old.condition !== undefined && statement.condition === undefined;
  const what = dropped ? say`Allowed without the condition that it had.` : say`More is allowed than was.`;
  return finding(statement, what, values(old, statement), naming);
}

function finding(statement: Statement, what: Words, changes: ValueChange[], naming: Naming): Finding {
  const rendered = statement.render();
  const same = (['action', 'resource'] as const).filter((part) => !changes.some(({ path }) => path === part));
  return {
    level: 'weaker',
    subject: say`Permissions of ${naming(oneLine(rendered.principal)) || 'unknown'}`,
    says: [what, ...same.map((part) => say`The ${[part]} stays ${oneLine(rendered[part])}.`)],
    changes,
  };
}

const oneLine = (text: string): string => text.replaceAll('\n', ', ');

const PARTS = ['action', 'resource', 'principal', 'condition'] as const;

/** The parts of a statement that differ: what is gone and what is new, each on its own. */
function values(before: Statement | undefined, after: Statement | undefined): ValueChange[] {
  // Of a statement that comes or goes, the subject says whose it is.
  const parts = before && after ? PARTS : PARTS.filter((part) => part !== 'principal');
  return parts.flatMap((part): ValueChange[] => {
    const [old, now] = [before?.render()[part] ?? '', after?.render()[part] ?? ''];
    if (old === now) return [];
    if (part === 'condition') return [{ path: part, before: old || undefined, after: now || undefined }];
    const [oldValues, nowValues] = [old, now].map((text) => text.split('\n').filter((line) => line !== ''));
    const only = (list: string[] = [], other: string[] = []) => list.filter((each) => !other.includes(each)).join(', ');
    return [
      { path: part, before: only(oldValues, nowValues) || undefined, after: only(nowValues, oldValues) || undefined },
    ];
  });
}

/** The statement that a new one most likely was: the same principal's, and the same actions or resources. */
function closest(statement: Statement, candidates: readonly Statement[]): Statement | undefined {
  const shared = (one: Targets, other: Targets) => one.values.filter((value) => other.values.includes(value)).length;
  const score = (old: Statement): number => {
    if (isDeny(old) || shared(old.principals, statement.principals) === 0) return 0;
    return shared(old.actions, statement.actions) + shared(old.resources, statement.resources);
  };
  return candidates.filter((old) => score(old) > 0).sort((one, other) => score(other) - score(one))[0];
}

/** Whether old statements together allowed everything that a new one allows: then the change narrows or rearranges. */
function allowedBefore(statement: Statement, old: readonly Statement[]): boolean {
  const { actions, resources, principals } = statement;
  const allowing = old.filter((each) => !isDeny(each) && appliesWhenever(each, statement));
  // `NotAction` and its like: only the same list is surely no wider.
  if (actions.not || resources.not || principals.not) return allowing.some((each) => coversAll(each, statement));
  return actions.values.every((action) =>
    resources.values.every((resource) =>
      principals.values.every((principal) =>
        allowing.some(
          (each) =>
            matches(each.actions, action.toLowerCase()) &&
            matches(each.resources, resource) &&
            matches(each.principals, principal),
        ),
      ),
    ),
  );
}

const appliesWhenever = (wide: Statement, narrow: Statement): boolean =>
  wide.condition === undefined || deepEqual(wide.condition, narrow.condition);

function coversAll(wide: Statement, narrow: Statement): boolean {
  if (!appliesWhenever(wide, narrow)) return false;
  return (['actions', 'resources', 'principals'] as const).every((part) => {
    if (wide[part].not || narrow[part].not) return wide[part].equal(narrow[part]) === true;
    return narrow[part].values.every((value) => matches(wide[part], part === 'actions' ? value.toLowerCase() : value));
  });
}

function matches(targets: Targets, text: string): boolean {
  return (
    !targets.not && targets.values.some((value) => globMatches(value, text) || globMatches(value.toLowerCase(), text))
  );
}

/** Without a regular expression: a hostile pattern would make one take forever. */
function globMatches(pattern: string, text: string): boolean {
  let [at, from, star, restart] = [0, 0, -1, 0];
  while (from < text.length) {
    if (pattern[at] === '*') {
      [star, restart] = [at, from];
      at += 1;
    } else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === text[from])) {
      at += 1;
      from += 1;
    } else if (star >= 0) {
      restart += 1;
      [at, from] = [star + 1, restart];
    } else {
      return false;
    }
  }
  return /^\**$/.test(pattern.slice(at));
}
