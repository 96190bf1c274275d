'use strict';
// Plays ProofLink's import of users: all rows of a CSV file, or none and the number of the line that is wrong.

const { GetObjectCommand, PutObjectCommand, S3Client } = require('@aws-sdk/client-s3');
const { connect } = require('../../../database.js');

const { AWS_BATCH_JOB_ID = 'local', AWS_S3_BUCKET_NAME: Bucket, IMPORT_FILE_KEY: Key } = process.env;
const s3 = new S3Client({});
const database = connect();

async function main() {
  await note('running', 0);
  console.log(`importing ${Key}`);
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
  const rows = await importAll(await Body.transformToString());
  await s3.send(new PutObjectCommand({ Bucket, Key: `${Key}.result.json`, Body: JSON.stringify({ rows }) }));
  await note('done', rows);
  console.log(`imported ${rows} users`);
}

/** All users of a CSV file by one statement, or none and the number of the line that is wrong. */
async function importAll(text) {
  const users = [];
  for (const [index, line] of text.trimEnd().split(/\r?\n/).entries()) {
    const [email = '', name = ''] = line.split(',');
    // A header names the columns.
    if (index === 0 && !email.includes('@')) continue;
    if (!email.includes('@') || !name)
      throw new Error(`line ${index + 1}: not an address and a name: ${line.slice(0, 40)}`);
    users.push({ email, name });
  }
  await database.query(
    'INSERT INTO users SELECT * FROM unnest($1::text[], $2::text[]) ON CONFLICT (email) DO UPDATE SET name = EXCLUDED.name',
    [users.map(({ email }) => email), users.map(({ name }) => name)],
  );
  return users.length;
}

const note = (state, rows, message) =>
  database.query(
    `INSERT INTO imports VALUES ($1, $2, $3, $4)
     ON CONFLICT (job_id) DO UPDATE SET state = $2, rows = $3, message = $4`,
    [AWS_BATCH_JOB_ID, state, rows, message],
  );

main()
  .catch(async (error) => {
    console.error(`${error.name}: ${error.message}`);
    process.exitCode = 1;
    await note('failed', 0, error.message).catch(() => undefined);
  })
  .finally(() => database.end());
