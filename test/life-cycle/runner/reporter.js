const { basename } = require('node:path');

/**
 * Jest's reporter: prints a line as each step ends, and why one failed when its file ends. It has no colours and moves
 * nothing, so that it reads the same in a log. Jest loads reporters as they are, hence no TypeScript.
 */
module.exports = class StepReporter {
  #started = Date.now();
  #counts = { passed: 0, failed: 0, 'not run': 0 };

  onRunStart() {
    const { SEED } = process.env;
    console.log(`The CLI is killed at random moments; SEED=${SEED} npm run test:life-cycle repeats them.\n`);
  }

  onTestCaseResult({ path }, { status, title, duration }) {
    const passed = status === 'passed';
    this.#counts[passed ? 'passed' : 'failed'] += 1;
    this.#line(path, passed ? 'ok' : 'FAILED', `${title} (${((duration ?? 0) / 1000).toFixed(1)} s)`);
  }

  onTestFileResult({ path }, { testExecError, testResults }) {
    for (const { title, status, failureMessages } of testResults) {
      if (status !== 'passed' && status !== 'failed') {
        this.#counts['not run'] += 1;
        this.#line(path, 'not run', title);
      }
      for (const message of failureMessages) console.log(`\n${nameOf(path)}: ${title}\n\n${message}\n`);
    }
    if (testExecError) {
      this.#counts.failed += 1;
      console.log(`\n${nameOf(path)} could not run\n\n${testExecError.stack ?? testExecError.message}\n`);
    }
  }

  onRunComplete() {
    const { passed, failed, 'not run': notRun } = this.#counts;
    console.log(`\n${passed} steps passed, ${failed} failed, ${notRun} not run, in ${this.#seconds()} s`);
  }

  #line(path, result, text) {
    console.log(`${this.#seconds().padStart(4)} s  ${nameOf(path).padEnd(9)} ${result.padEnd(8)} ${text}`);
  }

  #seconds() {
    return ((Date.now() - this.#started) / 1000).toFixed(0);
  }
};

function nameOf(path) {
  return basename(path, '.test.ts');
}
