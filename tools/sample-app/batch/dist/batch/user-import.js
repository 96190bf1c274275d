'use strict';
// Plays ProofLink's import of users: all rows of a CSV file, or none and the number of the line that is wrong.

const { createInterface } = require('node:readline');
const { GetObjectCommand, PutObjectCommand, S3Client } = require('@aws-sdk/client-s3');
const { connect } = require('../../../database.js');

const { AWS_BATCH_JOB_ID = 'local', AWS_S3_BUCKET_NAME: Bucket, IMPORT_FILE_KEY: Key } = process.env;
const BATCH = 1000;
const s3 = new S3Client({});
const database = connect();

async function main() {
  await note('running', 0);
  console.log(`importing ${Key}`);
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
  const rows = await importAll(Body);
  await s3.send(new PutObjectCommand({ Bucket, Key: `${Key}.result.json`, Body: JSON.stringify({ rows }) }));
  await note('done', rows);
  console.log(`imported ${rows} users`);
}

/** One transaction, while the progress is written in others. */
async function importAll(file) {
  const client = await database.connect();
  let users = [];
  let number = 0;
  let imported = 0;
  const flush = async () => {
    const columns = [users.map(({ email }) => email), users.map(({ name }) => name)];
    await client.query(
      'INSERT INTO users SELECT * FROM unnest($1::text[], $2::text[]) ON CONFLICT (email) DO UPDATE SET name = EXCLUDED.name',
      columns,
    );
    imported += users.length;
    users = [];
    await note('running', imported);
  };
  try {
    await client.query('BEGIN');
    // Made where it is read: what it reads before that is lost.
    for await (const line of createInterface({ input: file, crlfDelay: Infinity })) {
      number += 1;
      const [email = '', name = ''] = line.split(',');
      // A header names the columns.
      if (number === 1 && !email.includes('@')) continue;
      if (!email.includes('@') || !name)
        throw new Error(`line ${number}: not an address and a name: ${line.slice(0, 40)}`);
      users.push({ email, name });
      if (users.length === BATCH) await flush();
    }
    if (users.length > 0) await flush();
    await client.query('COMMIT');
    return imported;
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
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
