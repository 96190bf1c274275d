/** Command of the app that a workflow synthesizes. */
export const APP_COMMAND = 'node -r ./packages/common/register.js ./packages/rehearse/src/rehearsal-app.ts';
