import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Runs a program in a terminal of its own and returns its output, and how it ended. */
const PTY = `
import fcntl, json, os, pty, struct, sys, termios
wanted = json.loads(sys.argv[1])
pid, terminal = pty.fork()
if pid == 0:
    os.chdir(wanted['cwd'])
    os.execve(wanted['program'], [wanted['program'], *wanted['args']], wanted['env'])
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack('HHHH', 40, 100, 0, 0))
raw, seen, keys = b'', 0, wanted['keys']
while True:
    try:
        data = os.read(terminal, 65536)
    except OSError:
        break
    if not data:
        break
    raw += data
    if keys and keys[0][0].encode() in raw[seen:]:
        os.write(terminal, keys.pop(0)[1].encode())
        seen = len(raw)
print(json.dumps({'raw': raw.decode(), 'exitCode': os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])}))
`;

export const CTRL_C = '\u0003';

interface InTerminal {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Text to wait for since the last key, and the next key. */
  readonly keys?: readonly (readonly [after: string, key: string])[];
}

/** Runs Node in a terminal, and returns every byte that came there. */
export async function nodeInTerminal(
  args: readonly string[],
  { keys = [], ...options }: InTerminal,
): Promise<{ raw: string; exitCode: number }> {
  const wanted = { program: process.execPath, args, keys, ...options };
  const { stdout } = await promisify(execFile)('python3', ['-c', PTY, JSON.stringify(wanted)], { timeout: 400_000 });
  return JSON.parse(stdout) as { raw: string; exitCode: number };
}
