'use strict';
// ECS calls this before it starts a task of a new version, and goes on or turns back as it answers. It runs the
// application's migration once, from the new image, and asks how it goes each time that ECS calls again (ADR 0015).

const { aws } = require('./aws.js');

const SECONDS_BETWEEN = 10;
/** AWS is busy at times, and a right that was just given is not in force yet: about a minute of both. */
const MOST_ERRORS = 6;

exports.handler = (event) => answer(event, process.env, aws);

/** What ECS is told; `hookDetails` come back with its next call. */
async function answer(event, settings, ask) {
  const known = event.hookDetails ?? {};
  const release = {
    arn: event.resourceArn,
    id: event.resourceArn.split('/').at(-1),
    service: event.executionDetails.serviceArn,
    revision: event.executionDetails.targetServiceRevisionArn,
    known,
  };
  try {
    return known.task ? await follow(release, settings, ask) : await begin(release, settings, ask);
  } catch (error) {
    const errors = Number(known.errors ?? 0) + 1;
    if (errors <= MOST_ERRORS) return later({ ...known, errors });
    return failed(release, { says: `AWS refused what it takes to migrate: ${error.name}: ${error.message}` });
  }
}

exports.answer = answer;

async function begin(release, settings, ask) {
  if (settings.HAS_IMAGE !== 'true') return skipped(release, 'There is no image yet.');
  if (await ask.isRollingBack(settings.STACK)) return skipped(release, 'CloudFormation rolls back.');
  const { waits } = release.known;
  if (waits && tooLong(waits.since, settings)) return failed(release, { says: `It waited in vain: ${waits.says}` });
  const target = await ask.revision(release.revision);
  const image = imageOf(target, settings);
  const pushed = image && (await ask.pushed(settings.REPOSITORY, { imageTag: image.split(':').at(-1) }));
  if (image && !pushed) return skipped(release, 'The registry has no such image.', image);
  if (pushed && (await isNoNewer(pushed, release, settings, ask))) {
    return skipped(release, 'The image is the one that runs, or older: its migrations have run.', image);
  }
  const database = await ask.databaseStatus(settings.DATABASE);
  if (database === 'stopped' || database === 'stopping') {
    const says = `The database ${settings.DATABASE} sleeps (${database}): start it, then deploy again.`;
    return failed(release, { image, says });
  }
  if (database === 'starting') return wait(release, `the database ${settings.DATABASE} was starting.`);
  const own = `migration:${release.id}`;
  const running = await ask.runningMigrations(settings.CLUSTER);
  const others = running.find(({ group }) => group !== own);
  if (others) return wait(release, `another release's migration went on, ${others.taskArn}`);
  const task =
    running[0]?.taskArn ?? (await ask.run(settings, target, JSON.parse(settings.COMMAND), { own, token: release.id }));
  tell(release, { migration: 'started', image, task });
  return later({ errors: 0, image, task, since: Date.now() });
}

/**
 * Whether the image that the last good release ran is this one, or was pushed after it. ECS knows its digest once a task
 * has run: not of what was deployed at night, without one.
 */
async function isNoNewer(pushed, release, settings, ask) {
  const before = await ask.goodRevisions(settings.CLUSTER, release.service);
  const last = before.map((revision) => containerOf(revision, settings)?.imageDigest).find(Boolean);
  if (!last) return false;
  if (last === pushed.digest) return true;
  const lastPushed = await ask.pushed(settings.REPOSITORY, { imageDigest: last });
  return lastPushed !== undefined && pushed.at < lastPushed.at;
}

async function follow(release, settings, ask) {
  const { task, image, since } = release.known;
  const { status, exitCode, reason } = await ask.task(settings.CLUSTER, task);
  if (status !== 'STOPPED') {
    if (!tooLong(since, settings)) return later({ ...release.known, errors: 0 });
    await ask.stop(settings.CLUSTER, task, 'The migration took too long');
    const says = `It was stopped after ${settings.TIMEOUT_SECONDS / 60} minutes.`;
    return failed(release, { image, task, says, lines: await ask.lastLines(settings, task) });
  }
  if (exitCode === 0) return succeeded(release, { image, task, exitCode });
  return failed(release, { image, task, exitCode, says: reason, lines: await ask.lastLines(settings, task) });
}

function containerOf(revision, { CONTAINER }) {
  return revision.containerImages?.find(({ containerName }) => containerName === CONTAINER);
}

function imageOf(revision, settings) {
  return containerOf(revision, settings)?.image;
}

function tooLong(since, { TIMEOUT_SECONDS }) {
  return Date.now() - Number(since) > Number(TIMEOUT_SECONDS) * 1000;
}

function wait({ known }, says) {
  return later({ ...known, errors: 0, waits: { since: known.waits?.since ?? Date.now(), says } });
}

function later(hookDetails) {
  return { hookStatus: 'IN_PROGRESS', callBackDelay: SECONDS_BETWEEN, hookDetails };
}

function skipped(release, says, image) {
  return tell(release, { migration: 'skipped', image, says }, 'SUCCEEDED');
}

function succeeded(release, details) {
  return tell(release, { migration: 'succeeded', ...details }, 'SUCCEEDED');
}

function failed(release, details) {
  return tell(release, { migration: 'failed', ...details }, 'FAILED');
}

/** One line of the log, which `release-check` reads. */
function tell(release, details, hookStatus) {
  console.log(JSON.stringify({ ...details, deployment: release.arn }));
  return { hookStatus };
}
