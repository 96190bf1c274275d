import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { ListSubscriptionsCommand, SNSClient, SubscribeCommand, UnsubscribeCommand } from '@aws-sdk/client-sns';
import { importFile, until } from './serving';
import type { Life } from './life';

/** Collects what goes to the topic of the config's address while something happens. */
async function collectMail(email: string, happens: (received: unknown[]) => Promise<void>): Promise<void> {
  const received: unknown[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const { Type, Message } = JSON.parse(body) as { Type: string; Message: string };
      if (Type === 'Notification') received.push(JSON.parse(Message));
      response.end();
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const sns = new SNSClient({});
  const { Subscriptions = [] } = await sns.send(new ListSubscriptionsCommand({}));
  const topic = Subscriptions.find(({ Protocol, Endpoint }) => Protocol === 'email' && Endpoint === email)?.TopicArn;
  const Endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const subscribe = new SubscribeCommand({ TopicArn: topic, Protocol: 'http', Endpoint, ReturnSubscriptionArn: true });
  const { SubscriptionArn } = await sns.send(subscribe);
  try {
    await happens(received);
  } finally {
    await sns.send(new UnsubscribeCommand({ SubscriptionArn }));
    server.closeAllConnections();
    server.close();
  }
}

/** The mail on an import that failed: moto sends none, so that another subscriber of the topic reads it. */
export function tellsOfFailedImports(life: Life): void {
  const email = life.config.alarms?.email;
  if (!email) return;
  test('the mail of an import that failed says which and why; one that succeeds sends none', async () => {
    await collectMail(email, async (received) => {
      await importFile(life, 'ann@example.com,Ann\n');
      const { jobId } = await importFile(life, 'bob@example.com,Bob\nnobody\n');
      await until(async () => Promise.resolve(received.length), Boolean);
      expect(received).toEqual([
        {
          message: 'An import job failed',
          job: 'user-import',
          id: jobId,
          reason: 'Essential container in task exited',
        },
      ]);
    });
  });
}
