/** A sentence of a catalogue, in the language of its reader. A string that is written elsewhere does not compile in its place. */
export type Message = string & { readonly isMessage: true };

/** A catalogue, or a part of it, whose sentences are messages. */
export type Messages<Entry> = Entry extends string
  ? Message
  : Entry extends (...values: infer Values) => string
    ? (...values: Values) => Message
    : { readonly [Key in keyof Entry]: Messages<Entry[Key]> };

/** A text that needs no catalogue: a command, a name, what AWS answers, and the English of a program that only CI calls. */
export function untranslated(text: string): Message {
  return text as Message;
}

/** The messages that there are, as one. */
export function joined(messages: readonly (Message | undefined)[], separator = '\n'): Message {
  return messages.filter((message) => message !== undefined).join(separator) as Message;
}
