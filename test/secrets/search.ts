/** Looks for secrets in whatever was written, in each form in which one may stand there. */
import { createHash } from 'node:crypto';

export interface Secret {
  name: string;
  value: string;
  /** Its SHA-256 is one that somebody could try guesses on: it may stand nowhere either. */
  isHashHidden?: boolean;
}

/** Base64 of the same bytes is another text at each of three places in a longer one: what is common of all is sought. */
function base64Of(value: string): string[] {
  return [0, 1, 2].flatMap((before) => {
    const encoded = Buffer.from('\0'.repeat(before) + value).toString('base64');
    const inner = encoded.slice(before === 0 ? 0 : 4, -4);
    return [inner, inner.replaceAll('+', '-').replaceAll('/', '_')];
  });
}

function formsOf({ value, isHashHidden }: Secret): string[] {
  const hash = createHash('sha256').update(value);
  return [
    value,
    encodeURIComponent(value),
    [...value].map((one) => `%${one.charCodeAt(0).toString(16)}`).join(''),
    Buffer.from(value).toString('hex'),
    JSON.stringify([...Buffer.from(value)]).slice(1, -1),
    ...base64Of(value),
    ...(isHashHidden ? hashForms(hash.digest()) : []),
  ];
}

const hashForms = (digest: Buffer) => [
  digest.toString('hex'),
  digest.toString('base64').slice(0, -1),
];

export interface Written {
  /** Where: `stdout`, `the answer to …` */
  where: string;
  text: string;
}

export function findSecrets(secrets: readonly Secret[], written: readonly Written[]): string[] {
  const sought = secrets.map((secret) => ({ ...secret, forms: [...new Set(formsOf(secret))] }));
  return written.flatMap(({ where, text }) =>
    sought.flatMap(({ name, forms }) =>
      forms
        .filter((form) => text.includes(form))
        .map((form) => {
          const at = text.indexOf(form);
          return `${name} stands in ${where}: …${text.slice(Math.max(0, at - 150), at + form.length + 20)}…`;
        }),
    ),
  );
}
