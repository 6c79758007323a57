/** How much there is to read of the gateway. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Without the emulator, which is no part of what runs. */
export function sourceSize(repository: string): { files: number; lines: number } {
  const files = readdirSync(join(repository, 'src'), { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.startsWith('emulator/'),
  );
  const lines = files.map((file) => linesIn(readFileSync(join(repository, 'src', file), 'utf8')));
  return { files: files.length, lines: lines.reduce((sum, count) => sum + count, 0) };
}

/** As `wc -l` counts them. */
const linesIn = (text: string) => text.split('\n').length - 1;
