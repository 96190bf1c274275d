import { NodeHttpHandler } from '@smithy/node-http-handler';
import { type Clock, setClock } from '@infra/commands/clock';

/** Programs of the local AWS run in real time: of a pause, they get a fiftieth. */
const SCALE = 50;

type Handle = NodeHttpHandler['handle'];

/** Handler with the settings of its client. */
interface Configured {
  readonly configProvider: Promise<{ readonly requestTimeout?: number }>;
}

/**
 * Lets the commands of this process keep AWS's time, without waiting for it. An answer of the local AWS says how long it
 * took on AWS; answers, pauses and limits take effect in the order of their times, however fast the machine is.
 */
export class AwsTime implements Clock {
  private readonly startMs = Date.now();
  private seconds = 0;
  private unanswered = 0;
  private readonly due: { readonly at: number; readonly happen: () => void }[] = [];
  private readonly limits: { readonly at: number; readonly abort: () => void }[] = [];

  /** Time since the start, in seconds. */
  public get elapsed(): number {
    return this.seconds;
  }

  public now(): number {
    return this.startMs + this.seconds * 1000;
  }

  public async pause(seconds: number): Promise<void> {
    const at = this.seconds + seconds;
    this.unanswered += 1;
    await new Promise((resolve) => setTimeout(resolve, (seconds * 1000) / SCALE));
    this.unanswered -= 1;
    await this.until(at);
  }

  public timeout(milliseconds: number): AbortSignal {
    const controller = new AbortController();
    this.limits.push({
      at: this.seconds + milliseconds / 1000,
      abort: () => {
        controller.abort();
      },
    });
    return controller.signal;
  }

  /** Sets this time for the tests of a file, or of a `describe`. */
  public static use(): AwsTime {
    const time = new AwsTime();
    // eslint-disable-next-line @typescript-eslint/unbound-method -- bound to each handler below
    const { handle } = NodeHttpHandler.prototype;
    beforeAll(() => {
      NodeHttpHandler.prototype.handle = async function (request, options) {
        const { requestTimeout = Infinity } = { ...(await (this as unknown as Configured).configProvider) };
        return await time.send(handle.bind(this), request, options, requestTimeout / 1000);
      };
      setClock(time);
    });
    afterAll(() => {
      NodeHttpHandler.prototype.handle = handle;
      setClock();
    });
    return time;
  }

  private async send(
    handle: Handle,
    request: Parameters<Handle>[0],
    options: Parameters<Handle>[1],
    limit: number,
  ): ReturnType<Handle> {
    const sentAt = this.seconds;
    request.headers['x-local-aws-now'] = String(sentAt);
    this.unanswered += 1;
    const answer = await handle(request, options).finally(() => (this.unanswered -= 1));
    const taken = Number(answer.response.headers['x-local-aws-seconds'] ?? 0);
    const isTimedOut = taken > limit;
    await Promise.race([this.until(sentAt + Math.min(taken, limit)), aborted(options?.abortSignal)]);
    if (isTimedOut) throw Object.assign(new Error('Request timed out'), { name: 'TimeoutError' });
    return answer;
  }

  private until(at: number): Promise<void> {
    return new Promise((resolve) => {
      this.due.push({ at, happen: resolve });
      setImmediate(() => {
        this.goOn();
      });
    });
  }

  /** Lets what is due next happen, once each request has its answer; what it causes comes before the one after. */
  private goOn(): void {
    if (this.unanswered > 0) return;
    this.due.sort((one, other) => one.at - other.at);
    const next = this.due[0];
    if (!next) return;
    const limit = this.limits.toSorted((one, other) => one.at - other.at).find(({ at }) => at < next.at);
    if (limit) {
      this.limits.splice(this.limits.indexOf(limit), 1);
      this.seconds = Math.max(this.seconds, limit.at);
      limit.abort();
    } else {
      this.due.shift();
      this.seconds = Math.max(this.seconds, next.at);
      next.happen();
    }
    setImmediate(() => {
      this.goOn();
    });
  }
}

/** Rejects once a request is aborted, as the client's own handler does. */
function aborted(signal: unknown): Promise<never> {
  return new Promise((_, reject) => {
    (signal as AbortSignal | undefined)?.addEventListener('abort', () => {
      reject(Object.assign(new Error('Request aborted'), { name: 'AbortError' }));
    });
  });
}
