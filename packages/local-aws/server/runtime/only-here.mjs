// Finds what works on this machine, and not on AWS. Each kind is reported once, as a line of JSON on standard output.

const reported = new Set();

export function report(kind, request, details = {}) {
  if (reported.has(kind)) return;
  reported.add(kind);
  console.log(JSON.stringify({ kind, request: `${request.method} ${request.url}`, ...details }));
}

/** Looks at a target's answer. */
export function lookAt({ headers, statusCode }, request, targetPort) {
  const { location, 'set-cookie': cookies = [] } = headers;
  const cookie = cookies.find((text) => /;\s*secure/i.test(text));
  // A browser drops it, except on localhost.
  if (cookie && isPlain(request)) report('secure-cookie', request, { cookie: cookie.split('=')[0] });
  const isRedirect = statusCode >= 300 && statusCode < 400;
  if (isRedirect && location && portOf(location) === targetPort) report('own-address', request, { location });
}

/** True if the client speaks plain HTTP, and no CloudFront is between, which adds an address of its own. */
function isPlain({ socket, headers }) {
  return !socket.encrypted && !headers['x-forwarded-for']?.includes(',');
}

function portOf(location) {
  return URL.canParse(location) ? Number(new URL(location).port) : undefined;
}
