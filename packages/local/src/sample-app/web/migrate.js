'use strict';
// Plays `npx prisma migrate deploy`: applies each migration once, in the order of the list.

const { connect } = require('../database');

/** SQL of the migrations by their names. */
const MIGRATIONS = {
  users: 'CREATE TABLE users (email text PRIMARY KEY, name text NOT NULL)',
  imports: 'CREATE TABLE imports (job_id text PRIMARY KEY, state text NOT NULL, rows int NOT NULL, message text)',
  // For tests: the table exists already.
  ...(process.env.FAILING_MIGRATION ? { again: 'CREATE TABLE users (email text PRIMARY KEY)' } : {}),
};

async function main(client) {
  await client.query('CREATE TABLE IF NOT EXISTS migrations (name text PRIMARY KEY)');
  const { rows } = await client.query('SELECT name FROM migrations');
  const appliedNames = rows.map(({ name }) => name);
  for (const [name, sql] of Object.entries(MIGRATIONS)) {
    if (appliedNames.includes(name)) continue;
    console.log(`applying the migration ${name}`);
    await client.query('BEGIN');
    await client.query(sql);
    await client.query('INSERT INTO migrations VALUES ($1)', [name]);
    await client.query('COMMIT');
  }
  console.log('the database is up to date');
}

const database = connect();
database
  .connect()
  .then((client) => main(client).finally(() => client.release(true)))
  .catch((error) => {
    console.error(`${error.name}: ${error.message}`);
    process.exitCode = 1;
  })
  .finally(() => database.end());
