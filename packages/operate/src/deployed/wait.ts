import { joined, type Message } from '@infra/common/message';
import { clock } from '@infra/commands/clock';
import { pause } from '@infra/commands/pause';
import { errorText } from './aws-errors';
import { needsSignIn, needsSignInForGood } from './sign-in-errors';
import { clockTimeInTokyo } from './tokyo-time';
import { words } from './words';

type ShowLine = (line: string) => void;

export interface WaitProps {
  /** End of the wait: `the end of that deployment`. */
  readonly goal: Message;
  /** Beginning of the wait, in milliseconds since 1970; now unless given. */
  readonly startMs?: number;
  /** Time for which it waits; without an end unless given. */
  readonly minutes?: number;
  /** Sentence on what ends the wait earlier, or with another end. */
  readonly advice?: Message;
  readonly showLine: ShowLine;
}

/** A wait for AWS. A person reads for what it waits, since when and until when. */
export class Wait {
  private readonly startMs: number;
  private shownState: Message | undefined;

  constructor(private readonly props: WaitProps) {
    this.startMs = props.startMs ?? clock.now();
  }

  /** True once its time is up. */
  public get isOver(): boolean {
    return clock.now() >= this.endMs;
  }

  /** Says what there is meanwhile, such as `ProoflinkDev is UPDATE_IN_PROGRESS`: a state that stays is said once. */
  public say(state: Message): void {
    if (state === this.shownState) return;
    this.shownState = state;
    const { goal, minutes, advice, showLine } = this.props;
    const since = clockTimeInTokyo(this.startMs);
    const until = minutes === undefined ? undefined : clockTimeInTokyo(this.endMs);
    showLine(joined([words.wait.line({ state, goal, since, until }), advice], ' '));
  }

  private get endMs(): number {
    return this.startMs + (this.props.minutes ?? Infinity) * 60_000;
  }
}

interface WaitForState<State> extends WaitProps {
  readonly look: () => Promise<State>;
  readonly isReached: (state: State) => boolean;
  /** A state that is not reached yet, as the beginning of a sentence. */
  readonly describe: (state: State) => Message;
  readonly secondsBetweenLooks: number;
}

/** Looks at AWS until a state is reached, or the time is up. Returns the last state. */
export async function waitFor<State>(props: WaitForState<State>): Promise<State> {
  const { look, isReached, describe, secondsBetweenLooks } = props;
  const wait = new Wait(props);
  for (;;) {
    const state = await look();
    if (isReached(state) || wait.isOver) return state;
    wait.say(describe(state));
    await pause(secondsBetweenLooks);
  }
}

/** A question may fail for so long before its error ends a command. */
const PATIENCE_MINUTES = 10;
const SECONDS_BETWEEN_ATTEMPTS = 5;

/**
 * Asks AWS until it answers, for minutes: one lost answer must not end a command that has waited for half an hour. Any error
 * is waited for, since a person may sign in again meanwhile, and a right may come into force. Credentials that nobody can
 * renew end it at once.
 *
 * @param question - Asks AWS; it must change nothing.
 * @param showLine - Gets a line on the first error.
 * @param minutes - Time after which its error is thrown.
 */
export async function askPatiently<Answer>(
  question: () => Promise<Answer>,
  showLine: ShowLine = () => undefined,
  minutes = PATIENCE_MINUTES,
): Promise<Answer> {
  let wait: Wait | undefined;
  for (;;) {
    try {
      return await question();
    } catch (error) {
      wait ??= new Wait({
        goal: words.wait.answer,
        minutes,
        advice: needsSignIn(error) ? words.signInElsewhere : undefined,
        showLine,
      });
      if (needsSignInForGood(error) || wait.isOver) throw error;
      wait.say(words.wait.noAnswer({ reason: errorText(error) }));
    }
    await pause(SECONDS_BETWEEN_ATTEMPTS);
  }
}
