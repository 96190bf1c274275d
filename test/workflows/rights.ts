import { foreignCodeHasNoRights, permissionsAreLeast, tokensMeetNoStrangers } from './permissions';
import { type Rule, stepsOf } from './workflow';

/** A tag moves to whatever its owner wants; a commit is what was looked at. */
const actionsArePinned: Rule = ({ actions }) =>
  actions
    .filter(({ action }) => !action.startsWith('./'))
    .filter(({ action, comment }) => !/^[\w./-]+@[0-9a-f]{40}$/.test(action) || !/^v\d+\.\d+\.\d+$/.test(comment))
    .map(({ action, comment }) => `${action} # ${comment}`);

/** Two versions of one action are one that nobody upgraded. */
const actionsHaveOnePin: Rule = ({ actions }, all) =>
  actions.flatMap(({ action, comment }) => {
    const [name = ''] = action.split('@');
    const others = all.flatMap((workflow) => workflow.actions).filter((other) => other.action.startsWith(`${name}@`));
    return others.some((other) => other.action !== action || other.comment !== comment)
      ? [`${action} # ${comment}`]
      : [];
  });

/** These run foreign code, or on foreign words, with a token that can write. */
const noPrivilegedTrigger: Rule = ({ on }) =>
  Object.keys(on).filter((event) =>
    /^(?:pull_request_target|issue_comment|issues|fork|watch|discussion.*)$/.test(event),
  );

/** A title or a branch in the text of a script is run by the shell; as a variable it is only read. */
const scriptsAreFixed: Rule = (workflow) => [
  ...stepsOf(workflow).flatMap(({ run }) => (run?.includes('${{') ? [run] : [])),
  ...stepsOf(workflow).flatMap(({ with: input }) =>
    input?.script === undefined ? [] : [`script: ${String(input.script)}`],
  ),
];

/** A commit that CI of main passed. */
const CHECKOUT_OF = /^\$\{\{ (?:inputs|needs\.plan\.outputs)\.commit \}\}$/;

/** No token is left in .git for whatever runs next, and a foreign commit is never checked out beside rights. */
const checkoutsAreSafe: Rule = (workflow) =>
  stepsOf(workflow)
    .filter(({ uses }) => uses?.startsWith('actions/checkout@'))
    .flatMap(({ with: { 'persist-credentials': persist, ref, repository } = {} }) => [
      ...(persist === false ? [] : ['the checkout keeps its credentials']),
      ...(ref === undefined || CHECKOUT_OF.test(String(ref)) ? [] : [`the checkout is of ${String(ref)}`]),
      ...(repository === undefined ? [] : [`the checkout is of ${String(repository)}`]),
    ]);

/** Rules that keep tokens and AWS from jobs without a need for them. */
export const RIGHTS = {
  actionsArePinned,
  actionsHaveOnePin,
  permissionsAreLeast,
  foreignCodeHasNoRights,
  tokensMeetNoStrangers,
  noPrivilegedTrigger,
  scriptsAreFixed,
  checkoutsAreSafe,
} satisfies Record<string, Rule>;
