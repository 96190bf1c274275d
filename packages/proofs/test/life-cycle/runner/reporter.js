const { basename } = require('node:path');

/**
 * Jest's reporter: prints a line as each step ends; Jest's own says why one failed when its file ends. Jest loads
 * reporters as they are, hence no TypeScript.
 */
module.exports = class StepReporter {
  #started = Date.now();

  onTestCaseResult({ path }, { status, title, duration = 0 }) {
    const since = `${((Date.now() - this.#started) / 1000).toFixed(0)} s`.padStart(6);
    const result = status === 'passed' ? 'ok    ' : 'FAILED';
    console.log(`${since}  ${basename(path, '.test.ts').padEnd(9)} ${result} ${title} (${duration / 1000} s)`);
  }
};
