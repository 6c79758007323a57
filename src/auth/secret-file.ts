import { readFileSync } from 'node:fs';
import * as z from 'zod';

/**
 * Parses the path of a file into the secret that the file contains, without surrounding blanks. Docker and Kubernetes provide
 * such files. The environment could be read by more people.
 */
export const SecretFile = z.string().transform((path, context) => {
  try {
    const secret = readFileSync(path, 'utf8').trim();
    if (secret) return secret;
    context.addIssue('names a file that is empty: it must hold the secret, and nothing else');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    context.addIssue(`names a file that cannot be read (${code}): it must hold the secret`);
  }
  return z.NEVER;
});
