import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Life } from './life';
import type { Step } from './live';
import { sdk } from './sdk';
import { importFile } from './serving';
import { until } from '@infra/common/test/support/until';

/** Message of the topic on a failed import; `id` is the job's. */
interface Mail {
  readonly id: string;
  readonly [field: string]: unknown;
}

/** Collects what goes to the topic of the config's address while something happens. */
async function collectMail(email: string, happens: (received: Mail[]) => Promise<void>): Promise<void> {
  const received: Mail[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const { Type, Message } = JSON.parse(body) as { Type: string; Message: string };
      if (Type === 'Notification') received.push(JSON.parse(Message) as Mail);
      response.end();
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { Subscriptions = [] } = await sdk.sns.listSubscriptions({});
  const mailSubscription = Subscriptions.find(({ Protocol, Endpoint }) => Protocol === 'email' && Endpoint === email);
  const { TopicArn } = mailSubscription ?? {};
  const Endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { SubscriptionArn } = await sdk.sns.subscribe({
    TopicArn,
    Protocol: 'http',
    Endpoint,
    ReturnSubscriptionArn: true,
  });
  try {
    await happens(received);
  } finally {
    await sdk.sns.unsubscribe({ SubscriptionArn });
    server.closeAllConnections();
    server.close();
  }
}

/** The mail on an import that failed: moto sends none, so that another subscriber of the topic reads it. */
export const tellsOfFailedImports = (life: Life, email: string): Step => ({
  name: 'the mail of an import that failed says which and why; one that succeeds sends none',
  calls: [
    () =>
      collectMail(email, async (received) => {
        const { jobId: succeeded } = await importFile(life, 'ann@example.com,Ann\n');
        const { jobId: failed } = await importFile(life, 'bob@example.com,Bob\nnobody\n');
        // The mail of an import before this step may be late.
        const mails = () => received.filter(({ id }) => id === succeeded || id === failed);
        await until(async () => Promise.resolve(mails().length), Boolean);
        const reason = 'Essential container in task exited';
        expect(mails()).toEqual([{ message: 'An import job failed', job: 'user-import', id: failed, reason }]);
      }),
  ],
});
