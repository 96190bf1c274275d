'use strict';
// Plays ProofLink's web application: a health check that asks the database, an upload, an import.

const { createHmac, randomUUID } = require('node:crypto');
const { readFileSync } = require('node:fs');
const { createServer } = require('node:http');
const { join } = require('node:path');
const { BatchClient, SubmitJobCommand } = require('@aws-sdk/client-batch');
const { PutObjectCommand, S3Client } = require('@aws-sdk/client-s3');
const { getSignedUrl } = require('@aws-sdk/s3-request-presigner');
const { connect } = require('../database.js');

const { AWS_S3_BUCKET_NAME, BATCH_JOB_DEFINITION, BATCH_JOB_QUEUE, NEXTAUTH_SECRET, PORT = '3000' } = process.env;
const database = connect();
// The SDK would sign the checksum of an empty file, which S3 refuses for any other.
const s3 = new S3Client({ requestChecksumCalculation: 'WHEN_REQUIRED' });
const batch = new BatchClient({});
const page = readFileSync(join(__dirname, 'page.html'));

const sign = (user) => `${user}.${createHmac('sha256', NEXTAUTH_SECRET).update(user).digest('hex')}`;

const routes = {
  'GET /': async (_, response) => {
    response.setHeader('set-cookie', `session=${sign(randomUUID())}; HttpOnly; Path=/; SameSite=Lax`);
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(page);
  },

  'GET /api/health': async () => {
    if (process.env.NEVER_HEALTHY) return [503, { status: 'never healthy' }];
    await database.query('SELECT 1');
    return [200, { status: 'ok', version: process.env.VERSION }];
  },

  /** True if the visitor's session was signed with the secret that is in force. */
  'GET /api/session': async (request) => {
    const session = /session=([^;]+)/.exec(request.headers.cookie ?? '')?.[1] ?? '';
    return [200, { signedIn: session !== '' && session === sign(session.split('.')[0]) }];
  },

  /** Address at which the browser uploads a file, without asking the application again. */
  'POST /api/uploads': async () => {
    const Key = `imports/${randomUUID()}.csv`;
    const url = await getSignedUrl(s3, new PutObjectCommand({ Bucket: AWS_S3_BUCKET_NAME, Key }), { expiresIn: 300 });
    return [200, { key: Key, url }];
  },

  'POST /api/imports': async (request) => {
    const { key } = JSON.parse(await bodyOf(request));
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
    const wanted = [url.searchParams.get('jobId')];
    const { rows } = await database.query('SELECT state, rows, message FROM imports WHERE job_id = $1', wanted);
    return [200, rows[0] ?? { state: 'waiting', rows: 0 }];
  },
};

async function bodyOf(request) {
  let body = '';
  for await (const piece of request) body += piece;
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
  response.writeHead(answer[0], { 'content-type': 'application/json' }).end(JSON.stringify(answer[1]));
});

process.once('SIGTERM', () => {
  console.log('SIGTERM: no more requests');
  server.close(() => void database.end());
  server.closeIdleConnections();
});

server.listen(Number(PORT), () => console.log(`listening on port ${PORT}`));
