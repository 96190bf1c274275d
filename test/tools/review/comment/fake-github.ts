import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isRecord } from '@infra/common/values';

/** A comment as GitHub keeps it. */
export interface FakeComment {
  id: number;
  body: string;
  readonly user: { readonly login: string };
}

/** GitHub's API as far as a comment needs it, on loopback: pages, filters and refusals included. */
export class FakeGitHub {
  readonly calls: string[] = [];
  runs: Record<string, unknown>[] = [];
  pulls: { number: number; label: string; base: string; head: { sha: string } }[] = [];
  files: { filename: string; previous_filename?: string }[] = [];
  comments: FakeComment[] = [];
  token = 'token';
  private server?: Server;

  async start(): Promise<string> {
    const server = createServer((request, response) => {
      let text = '';
      request.on('data', (chunk: Buffer) => (text += chunk.toString()));
      request.on('end', () => {
        const authorized = request.headers.authorization === `Bearer ${this.token}`;
        const body: unknown = text === '' ? {} : JSON.parse(text);
        const [status, answer] = authorized
          ? this.answer(request.method ?? '', request.url ?? '', isRecord(body) ? String(body.body) : '')
          : [403, { message: 'Resource not accessible by integration' }];
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
      });
    });
    this.server = server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((resolve) => this.server?.close(resolve));
  }

  private answer(method: string, url: string, body: string): [number, unknown] {
    const { pathname, searchParams } = new URL(url, 'http://github');
    this.calls.push(`${method} ${pathname}`);
    const path = pathname.replace('/repos/prooflink/infrastructure/', '');
    const page = <T>(all: readonly T[]) => {
      const size = Number(searchParams.get('per_page'));
      return all.slice((Number(searchParams.get('page')) - 1) * size).slice(0, size);
    };
    const [run] = this.runs.filter(({ id }) => path === `actions/runs/${String(id)}`);
    if (run) return [200, run];
    if (path === 'actions/workflows/7/runs') {
      return [200, { workflow_runs: this.runs.filter(({ head_sha }) => head_sha === searchParams.get('head_sha')) }];
    }
    const matching = ({ label, base }: FakeGitHub['pulls'][number]) =>
      label === searchParams.get('head') && [null, base].includes(searchParams.get('base'));
    if (path === 'pulls') return [200, page(this.pulls.filter(matching))];
    if (path === 'pulls/5/files') return [200, page(this.files)];
    if (method === 'GET' && path === 'issues/5/comments') return [200, page(this.comments)];
    if (method === 'POST' && path === 'issues/5/comments') {
      this.comments.push({ id: this.comments.length + 1, body, user: { login: 'github-actions[bot]' } });
      return [201, {}];
    }
    const comment = this.comments.find(({ id }) => method === 'PATCH' && path === `issues/comments/${id}`);
    if (!comment) return [404, { message: 'Not Found' }];
    comment.body = body;
    return [200, comment];
  }
}
