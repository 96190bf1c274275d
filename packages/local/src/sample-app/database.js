'use strict';
const { Pool } = require('pg');

/** Opens a pool of connections to the database, by the URL that the container gets. */
exports.connect = () =>
  new Pool({ connectionString: process.env.DATABASE_URL, max: 5, connectionTimeoutMillis: 3000 })
    // A database that restarts ends idle connections. Without this listener, the error would end the program.
    .on('error', (error) => console.error(`a connection ended: ${error.message}`));
