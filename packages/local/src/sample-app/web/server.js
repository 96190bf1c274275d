'use strict';
// Plays ProofLink's web application: a health check that queries the database, an upload, an import.

const { createHmac, randomUUID } = require('node:crypto');
const { readFileSync } = require('node:fs');
const { createServer } = require('node:http');
const { join } = require('node:path');
const { BatchClient, SubmitJobCommand } = require('@aws-sdk/client-batch');
const { PutObjectCommand, S3Client } = require('@aws-sdk/client-s3');
const { getSignedUrl } = require('@aws-sdk/s3-request-presigner');
const { connect } = require('../database');

const { AWS_S3_BUCKET_NAME, BATCH_JOB_DEFINITION, BATCH_JOB_QUEUE, KEEP_ALIVE_TIMEOUT, NEXTAUTH_SECRET } = process.env;
const { PORT = '3000' } = process.env;
const database = connect();
// By default, the SDK signs the checksum of an empty file (docs/application.md).
const s3 = new S3Client({ requestChecksumCalculation: 'WHEN_REQUIRED' });
const batch = new BatchClient({});
const page = readFileSync(join(__dirname, 'page.html'));

/** The value of a session's cookie: the user with a signature. */
const signSession = (user) => `${user}.${createHmac('sha256', NEXTAUTH_SECRET).update(user).digest('hex')}`;

/**
 * Handlers by method and path. A handler returns the status and the JSON of its answer, or nothing if it has answered
 * itself.
 */
const routes = {
  'GET /': async (_, response) => {
    response.setHeader('set-cookie', `session=${signSession(randomUUID())}; HttpOnly; Path=/; SameSite=Lax`);
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(page);
  },

  'GET /api/health': async () => {
    // For tests.
    if (process.env.NEVER_HEALTHY) return [503, { status: 'never healthy' }];
    await database.query('SELECT 1');
    return [200, { status: 'ok', version: process.env.VERSION }];
  },

  /** True if the visitor's session was signed with the secret that is in force. */
  'GET /api/session': async (request) => {
    const session = /session=([^;]+)/.exec(request.headers.cookie ?? '')?.[1] ?? '';
    return [200, { signedIn: session !== '' && session === signSession(session.split('.')[0]) }];
  },

  /** A new key, and a presigned URL at which the browser uploads a file to the bucket under this key. */
  'POST /api/uploads': async () => {
    const Key = `imports/${randomUUID()}.csv`;
    const url = await getSignedUrl(s3, new PutObjectCommand({ Bucket: AWS_S3_BUCKET_NAME, Key }), { expiresIn: 300 });
    return [200, { key: Key, url }];
  },

  'POST /api/imports': async (request) => {
    const { key } = JSON.parse(await readBody(request));
    const environment = [{ name: 'IMPORT_FILE_KEY', value: key }];
    const { jobId } = await batch.send(
      new SubmitJobCommand({
        jobName: 'user-import',
        jobQueue: BATCH_JOB_QUEUE,
        jobDefinition: BATCH_JOB_DEFINITION,
        containerOverrides: { environment },
      }),
    );
    return [202, { jobId }];
  },

  'GET /api/imports': async (_, __, url) => {
    const jobId = url.searchParams.get('jobId');
    const { rows } = await database.query('SELECT state, rows, message FROM imports WHERE job_id = $1', [jobId]);
    return [200, rows[0] ?? { state: 'waiting', rows: 0 }];
  },
};

async function readBody(request) {
  let body = '';
  for await (const chunk of request) body += chunk;
  return body;
}

const server = createServer(async (request, response) => {
  const url = new URL(request.url, 'http://localhost');
  let answer = [404, { error: 'not found' }];
  try {
    const route = routes[`${request.method} ${url.pathname}`];
    if (route) answer = await route(request, response, url);
  } catch (error) {
    console.error(`${request.method} ${url.pathname}: ${error.name}: ${error.message}`);
    answer = [503, { error: error.name }];
  }
  if (!answer) return;
  const [status, body] = answer;
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
});

// Without it, Node before 26 closes idle connections after 5 seconds, and the load balancer answers 502.
if (KEEP_ALIVE_TIMEOUT) server.keepAliveTimeout = Number(KEEP_ALIVE_TIMEOUT);

process.once('SIGTERM', () => {
  console.log('SIGTERM: no more requests');
  server.close(() => void database.end());
  server.closeIdleConnections();
});

server.listen(Number(PORT), () => console.log(`listening on port ${PORT}`));
