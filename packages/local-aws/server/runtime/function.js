'use strict';
// Runs a function's handler: one event a line on standard input, one answer a line on the given descriptor.

const fs = require('node:fs');
const http = require('node:http');
const https = require('node:https');
const path = require('node:path');
const readline = require('node:readline');

const [, , folder, handler, endpoint, descriptor] = process.argv;

// Response URLs of CloudFormation lead to this machine.
const request = https.request;
https.request = (options, ...rest) => {
  const { hostname, port } = new URL(endpoint);
  return options.hostname === 'cloudformation-custom-resource-response'
    ? http.request({ ...options, hostname, port }, ...rest)
    : request(options, ...rest);
};

const [file, name] = handler.split('.');
const module_ = path.join(folder, file);
const IDLE = 10_000;
let idle = setTimeout(() => process.exit(), IDLE);

readline.createInterface({ input: process.stdin }).on('line', async (line) => {
  clearTimeout(idle);
  let answer;
  try {
    answer = { result: (await require(module_)[name](JSON.parse(line), {})) ?? null };
  } catch (error) {
    console.error(error);
    answer = { error: String(error) };
  }
  fs.writeSync(Number(descriptor), `${JSON.stringify(answer)}\n`);
  idle = setTimeout(() => process.exit(), IDLE);
});
