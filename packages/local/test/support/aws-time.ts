import type { Readable } from 'node:stream';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { type Clock, setClock } from '@infra/commands/clock';

/** Programs of the local AWS run in real time: of a pause, they get a fiftieth. */
const SCALE = 50;

type Handle = NodeHttpHandler['handle'];

/** Handler with the settings of its client. */
interface Configured {
  readonly configProvider: Promise<{ readonly requestTimeout?: number }>;
}

/** Something that happens at a moment, in seconds since the start. */
interface Moment {
  readonly second: number;
  readonly happen: () => void;
  /** True for a limit, which nothing waits for. */
  readonly isLimit: boolean;
}

/**
 * Lets the commands of this process keep AWS's time, without waiting for it. An answer of the local AWS says how long it
 * took on AWS; answers, pauses and limits take effect in the order of their times, however fast the machine is.
 */
export class AwsTime implements Clock {
  private readonly startMs = Date.now();
  private second = 0;
  private unanswered = 0;
  private readonly moments: Moment[] = [];

  public now(): number {
    return this.startMs + this.second * 1000;
  }

  public async pause(seconds: number): Promise<void> {
    const end = this.second + seconds;
    await this.holdUntil(new Promise((resolve) => setTimeout(resolve, (seconds * 1000) / SCALE)));
    await this.until(end);
  }

  public timeout(milliseconds: number): AbortSignal {
    const controller = new AbortController();
    const abort = () => {
      controller.abort();
    };
    this.moments.push({ second: this.second + milliseconds / 1000, happen: abort, isLimit: true });
    return controller.signal;
  }

  /** Sets this time for the tests of a file. */
  public static use(): void {
    const awsTime = new AwsTime();
    // eslint-disable-next-line @typescript-eslint/unbound-method -- bound to each handler below
    const { handle } = NodeHttpHandler.prototype;
    beforeAll(() => {
      NodeHttpHandler.prototype.handle = async function (request, options) {
        const { requestTimeout = Infinity } = { ...(await (this as unknown as Configured).configProvider) };
        return await awsTime.send(handle.bind(this), request, options, requestTimeout / 1000);
      };
      setClock(awsTime);
    });
    afterAll(() => {
      NodeHttpHandler.prototype.handle = handle;
      setClock();
    });
  }

  private async send(
    handle: Handle,
    request: Parameters<Handle>[0],
    options: Parameters<Handle>[1],
    limit: number,
  ): ReturnType<Handle> {
    const sent = this.second;
    request.headers['x-local-aws-now'] = String(sent);
    const answer = await this.holdUntil(handle(request, options));
    const taken = Number(answer.response.headers['x-local-aws-seconds'] ?? 0);
    try {
      await this.until(sent + Math.min(taken, limit), options?.abortSignal as AbortSignal | undefined);
      if (taken > limit) throw Object.assign(new Error('Request timed out'), { name: 'TimeoutError' });
    } catch (error) {
      // An answer that is not read keeps one of the handler's 50 sockets.
      (answer.response.body as Readable).destroy();
      throw error;
    }
    return answer;
  }

  /** Holds this time until the local AWS has answered. */
  private async holdUntil<Result>(work: Promise<Result>): Promise<Result> {
    this.unanswered += 1;
    try {
      return await work;
    } finally {
      this.unanswered -= 1;
      this.goOnLater();
    }
  }

  private until(second: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const moment: Moment = { second, happen: resolve, isLimit: false };
      this.moments.push(moment);
      signal?.addEventListener('abort', () => {
        if (this.moments.includes(moment)) this.moments.splice(this.moments.indexOf(moment), 1);
        reject(Object.assign(new Error('Request aborted'), { name: 'AbortError' }));
      });
      this.goOnLater();
    });
  }

  private goOnLater(): void {
    setImmediate(() => {
      this.goOn();
    });
  }

  /** Lets the next moment come, once each request has its answer. What it causes comes before the one after. */
  private goOn(): void {
    if (this.unanswered > 0 || this.moments.every(({ isLimit }) => isLimit)) return;
    this.moments.sort((one, other) => one.second - other.second);
    const next = this.moments.shift();
    if (!next) return;
    this.second = Math.max(this.second, next.second);
    next.happen();
    this.goOnLater();
  }
}
