import { uncovered } from '../uncovered';
import { gives, type Grant } from './grant';
import { covers, type EverythingBut, type Pattern } from './patterns';

/** Fields of a grant that may be everything but a list. */
const PATTERN_FIELDS = ['action', 'resource', 'principal'] as const;

type PatternField = (typeof PATTERN_FIELDS)[number];

/** Grants that none of the others gives. Of two lists of exceptions, only the exceptions that differ. */
export function grantsOnlyIn(grants: readonly Grant[], others: readonly Grant[]): Grant[] {
  const notGiven = uncovered(grants, others, gives);
  return notGiven.flatMap((grant) => {
    const field = PATTERN_FIELDS.find((name) => isEverythingBut(grant[name]));
    return field === undefined ? [grant] : differencesIn(field, grant, others);
  });
}

function isEverythingBut(pattern: Pattern): pattern is EverythingBut {
  return typeof pattern !== 'string';
}

/** The exceptions of an otherwise equal grant that are none of this one. */
function differencesIn(field: PatternField, grant: Grant, others: readonly Grant[]): Grant[] {
  const ownExceptions = exceptionsOf(grant[field]);
  const comparable = others.find((other) => isEqualBut(field, grant, other));
  if (!comparable) return [grant];
  const exceptions = exceptionsOf(comparable[field]);
  const differing = exceptions.filter((exception) => {
    return !ownExceptions.some((ownException) => covers(ownException, exception));
  });
  const isPartlyExcepted = differing.some((exception) => {
    return ownExceptions.some((ownException) => covers(exception, ownException));
  });
  if (differing.length === 0 || isPartlyExcepted) return [grant];
  const differences = differing.map((exception): Grant => ({ ...grant, [field]: exception }));
  return [...uncovered(differences, others, gives)];
}

function exceptionsOf(pattern: Pattern): readonly string[] {
  return isEverythingBut(pattern) ? pattern.not : [];
}

/** True if another grant gives as much but for one field, in which both have exceptions. */
function isEqualBut(field: PatternField, grant: Grant, other: Grant): boolean {
  const isComparable = isEverythingBut(other[field]);
  return isComparable && gives({ ...other, [field]: '*' }, { ...grant, [field]: '*' });
}
