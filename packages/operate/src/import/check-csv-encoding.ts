import { TextDecoder } from 'node:util';
import { CsvFault } from './csv-fault';
import { words } from './words';

const CONTROL_CHARACTER = /(?![\t\r\n])\p{Cc}/u;
const CR_ALONE = /\r(?!\n|$)/;

/** Passes the chunks of a file on. Throws a CsvFault at the first one that is no text in UTF-8 with lines as CSV has them. */
export async function* checkCsvEncoding(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  // A chunk can end between CR and LF: the CR is checked with the next chunk.
  let lastCr = '';
  for await (const chunk of chunks) {
    const text = lastCr + decode(decoder, chunk);
    checkCharacters(text);
    lastCr = text.endsWith('\r') ? '\r' : '';
    yield chunk;
  }
  // Fails if the last character is cut off.
  decode(decoder);
}

function decode(decoder: TextDecoder, chunk?: Buffer): string {
  try {
    return decoder.decode(chunk, { stream: chunk !== undefined });
  } catch {
    throw new CsvFault(words.csv.otherEncoding);
  }
}

function checkCharacters(text: string): void {
  if (CONTROL_CHARACTER.test(text)) throw new CsvFault(words.csv.otherEncoding);
  if (CR_ALONE.test(text)) throw new CsvFault(words.csv.crAlone);
}
