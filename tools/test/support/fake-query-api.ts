import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The fields of an answer as AWS's Query APIs (CloudFormation, STS, …) write them. */
export function xml(fields: Readonly<Record<string, string>>): string {
  return Object.entries(fields)
    .map(([name, value]) => `<${name}>${value.replace(/&/g, '&amp;').replace(/</g, '&lt;')}</${name}>`)
    .join('');
}

/** Why AWS refuses a request. */
export class Refusal extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** Starts an AWS on a free port of loopback, where `answer` says what each request results in. */
export async function startFakeQueryApi(answer: (action: string, request: URLSearchParams) => string) {
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const parameters = new URLSearchParams(body);
      const action = parameters.get('Action') ?? '';
      response.setHeader('Content-Type', 'text/xml');
      try {
        const result = answer(action, parameters);
        response.end(`<${action}Response><${action}Result>${result}</${action}Result></${action}Response>`);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        const { code: Code, message: Message } = error;
        response.writeHead(400).end(`<ErrorResponse><Error>${xml({ Code, Message })}</Error></ErrorResponse>`);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
