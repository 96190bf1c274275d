import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readStack } from '../../../tools/environment/deployed-stack';
import { ask, doctor, saying } from './breaking';

export function unknownCases(): void {
  describe('what cannot be asked is named, hides nothing else, and is no “well”', () => {
    /** Asks while a service answers somewhere else. */
    async function whileAt<T>(service: string, answer: RequestListener, work: () => Promise<T>): Promise<T> {
      const server = createServer(answer);
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const before = process.env;
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      process.env = { ...before, [`AWS_ENDPOINT_URL_${service}`]: url };
      try {
        return await work();
      } finally {
        process.env = before;
        server.close();
        server.closeAllConnections();
      }
    }
    const refuse: RequestListener = (_, response) => {
      const __type = 'AccessDeniedException';
      const message = 'User: somebody is not authorized to perform: an:Action';
      response
        .writeHead(400, { 'content-type': 'application/x-amz-json-1.1' })
        .end(JSON.stringify({ __type, message }));
    };

    it('for want of a right', async () => {
      const told = await whileAt('ECR', refuse, () => doctor());
      expect(told.exitCode).toBe(2);
      expect(saying(told, 'unknown')).toEqual([
        'AccessDeniedException: User: somebody is not authorized to perform: an:Action (DescribeImages prooflink-dev-app, v4)',
        expect.stringContaining('DescribeImages prooflink-dev-batch') as string,
      ]);
      expect(saying(told, 'well').length).toBeGreaterThan(30);
    });

    it('for want of the stack: whoever is refused need not sign in, and a program gets JSON all the same', async () => {
      const told = await whileAt('CLOUDFORMATION', refuse, () => doctor());
      expect(told).toMatchObject({ environment: 'dev', exitCode: 2 });
      expect(JSON.stringify(told)).toContain('ProoflinkDev in ap-northeast-1 could not be asked: ');
      expect(JSON.stringify(told)).not.toContain('Sign in');
      expect(await ask('status', {})).toHaveProperty('cause');
    });

    it('for want of an answer', async () => {
      const asked = whileAt(
        'CLOUDFORMATION',
        () => undefined,
        () => readStack('dev', 1),
      );
      await expect(asked).rejects.toThrow(/ProoflinkDev in ap-northeast-1 could not be asked: TimeoutError: .* 1 ms/);
    });
  });
}
