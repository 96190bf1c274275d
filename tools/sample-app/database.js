'use strict';
const { Pool } = require('pg');

/** Connects as the application does: by the URL that it was given. */
exports.connect = () =>
  new Pool({ connectionString: process.env.DATABASE_URL, max: 5, connectionTimeoutMillis: 3000 })
    // A database that restarts ends connections that nobody uses; without this, the program ends, too.
    .on('error', (error) => console.error(`a connection ended: ${error.message}`));

/** What the application needs in the database, made where it is not there. */
exports.SCHEMA = `
  CREATE TABLE IF NOT EXISTS users (email text PRIMARY KEY, name text NOT NULL);
  CREATE TABLE IF NOT EXISTS imports (job_id text PRIMARY KEY, state text NOT NULL, rows int NOT NULL, message text);
`;
