'use strict';
// Plays ProofLink's import of users: imports all rows of a CSV file, or fails with the number of the line that is wrong.

const { GetObjectCommand, PutObjectCommand, S3Client } = require('@aws-sdk/client-s3');
const { connect } = require('../../../database');

const { AWS_BATCH_JOB_ID = 'local', AWS_S3_BUCKET_NAME: Bucket, IMPORT_FILE_KEY: Key } = process.env;
const s3 = new S3Client({});
const database = connect();

async function main() {
  await recordState('running', 0);
  console.log(`importing ${Key}`);
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
  const rows = await importAll(await Body.transformToString());
  await s3.send(new PutObjectCommand({ Bucket, Key: `${Key}.result.json`, Body: JSON.stringify({ rows }) }));
  await recordState('done', rows);
  console.log(`imported ${rows} users`);
}

/** Writes all users of a CSV file by one statement: all of them are imported, or none. Returns their number. */
async function importAll(text) {
  const users = [];
  for (const [index, line] of text.trimEnd().split(/\r?\n/).entries()) {
    const [email = '', name = ''] = line.split(',');
    // The header, which names the columns, has no address.
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

/** Writes the state of this job into the table that the web application shows. */
const recordState = (state, rows, message) =>
  database.query(
    `INSERT INTO imports VALUES ($1, $2, $3, $4)
     ON CONFLICT (job_id) DO UPDATE SET state = $2, rows = $3, message = $4`,
    [AWS_BATCH_JOB_ID, state, rows, message],
  );

main()
  .catch(async (error) => {
    console.error(`${error.name}: ${error.message}`);
    process.exitCode = 1;
    await recordState('failed', 0, error.message).catch(() => undefined);
  })
  .finally(() => database.end());
