// Gives a program that a test starts the guide's dev and prod as its lib/config, as use-guide-configs.ts does in Jest.
const { Module } = require('node:module');

const file = require.resolve('../../lib/config');
const guideConfigs = new Module(file);
guideConfigs.exports = require('./configs');
guideConfigs.loaded = true;
require.cache[file] = guideConfigs;
