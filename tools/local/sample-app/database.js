'use strict';
const { Pool } = require('pg');

/** Connects as the application does: by the URL that it was given. */
exports.connect = () =>
  new Pool({ connectionString: process.env.DATABASE_URL, max: 5, connectionTimeoutMillis: 3000 })
    // A database that restarts ends idle connections; without this, the program ends, too.
    .on('error', (error) => console.error(`a connection ended: ${error.message}`));
