import { TestEnvironment } from 'jest-environment-node';

interface Event {
  readonly name: string;
  readonly test?: { mode?: string | null; readonly errors: readonly unknown[] };
}

/** Runs the tests of a file until one fails: the later ones would say what the first has said already. */
class StopAtFailure extends TestEnvironment {
  private failed = false;

  handleTestEvent({ name, test }: Event): void {
    if (name === 'test_done' && test && test.errors.length > 0) this.failed = true;
    if (name === 'test_start' && test && this.failed) test.mode = 'skip';
  }
}

export = StopAtFailure;
