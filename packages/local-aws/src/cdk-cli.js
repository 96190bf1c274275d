const program = require.resolve('aws-cdk/bin/cdk');

// One stream, so that a line at the end says how the command ended.
process.stderr.write = process.stdout.write.bind(process.stdout);
process.on('message', ({ args, env, directory }) => {
  // Only the command keeps the process running: it has ended when a process of its own would end.
  process.channel.unref();
  process.env = env;
  process.chdir(directory);
  process.exitCode = 0;
  process.argv = [process.execPath, program, ...args];
  // The program runs again; the modules behind it stay loaded.
  delete require.cache[program];
  require(program);
});
process.on('beforeExit', (exitCode) => {
  if (!process.connected) return;
  process.channel.ref();
  process.stdout.write(`\u0004${exitCode}\n`);
});
