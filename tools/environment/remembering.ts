/** A client of the SDK. */
export interface Sender {
  send: (command: { readonly input: unknown }, ...more: unknown[]) => Promise<unknown>;
}

/** Makes a client answer the same question once, and say in its errors what was asked for: AWS does not always. */
export function remembering(client: Sender): Sender {
  const answers = new Map<string, Promise<unknown>>();
  const send = client.send.bind(client);
  client.send = (command, ...more) => {
    const input = JSON.stringify(command.input);
    const key = `${command.constructor.name} ${input}`;
    const answer =
      answers.get(key) ??
      send(command, ...more).catch((error: unknown) => {
        const names = [...input.matchAll(/"\w+":\[?"([^"]+)"/g)].map(([, name = '']) => name);
        const asked = `${command.constructor.name.replace(/Command$/, '')} ${names.join(', ')}`.slice(0, 200).trim();
        if (error instanceof Error) error.message = `${error.message} (${asked})`;
        throw error;
      });
    answers.set(key, answer);
    return answer;
  };
  return client;
}
