/** The webhook of a gateway key: a service is told there what the writes of the key become. */
import * as z from 'zod';
import { SecretFile } from './secret-file.ts';
import { faultOfHost } from './webhook-addresses.ts';

export interface Webhook {
  url: string;
  /** The path of the file that holds the secrets. */
  secretFile: string;
  /** In the form of Standard Webhooks, `whsec_…`. Each of them signs. */
  secrets: readonly string[];
}

const URL_WANTED =
  'must be the https address of a receiver, such as https://shop.example/webhooks, without a fragment or a password; http needs WEBHOOK_PRIVATE_NETWORKS=on';
const SECRET_WANTED =
  'must name a file that holds whsec_ and 24 to 64 bytes in base64: echo "whsec_$(openssl rand -base64 32)" makes one; while it is changed two of them, the new one in the first line';
const FILE_WANTED =
  'must be the path of a file that holds the secret, such as /run/secrets/webhook';
const WANTED =
  'must be such as { "url": "https://shop.example/webhooks", "secretFile": "/run/secrets/webhook" }';

const isAddress = (text: string) =>
  URL.canParse(text) && /^https?:/i.test(text) && /^[^#@]*$/.test(text);

const MAX_SECRETS = 2;

function isSecret(text: string): boolean {
  const [, digits] = /^whsec_([A-Za-z\d+/]+={0,2})$/.exec(text) ?? [];
  if (digits === undefined || digits.length % 4 !== 0) return false;
  const { length } = Buffer.from(digits, 'base64');
  return length >= 24 && length <= 64;
}

const Secrets = SecretFile.pipe(
  z
    .string()
    .transform((text) => text.split(/\s+/))
    .refine((secrets) => secrets.length <= MAX_SECRETS && secrets.every(isSecret), SECRET_WANTED),
);

export const KeyWebhook = z
  .strictObject(
    {
      url: z.string(URL_WANTED).refine(isAddress, URL_WANTED),
      secretFile: z.string(FILE_WANTED).transform((path, context) => {
        const { data, error } = Secrets.safeParse(path);
        if (data) return { path, secrets: data };
        for (const { message } of error.issues) context.addIssue(message);
        return z.NEVER;
      }),
    },
    WANTED,
  )
  .transform(
    ({ url, secretFile: { path, secrets } }): Webhook => ({ url, secretFile: path, secrets }),
  );

interface Holder {
  name: string;
  webhook: Webhook | undefined;
}

/** Returns the first fault of the webhooks of keys. Undefined if there is none. */
export function webhookFault(keys: readonly Holder[], allowsPrivate: boolean): string | undefined {
  for (const { name, webhook } of keys) {
    // An address with a fault of its own has been told already.
    if (!webhook || !URL.canParse(webhook.url)) continue;
    if (!allowsPrivate && new URL(webhook.url).protocol === 'http:') {
      return `holds a webhook for ${name} that is http: use https, or set WEBHOOK_PRIVATE_NETWORKS=on for a receiver in a private network`;
    }
    const fault = faultOfHost(webhook.url, allowsPrivate);
    if (fault) return `holds a webhook for ${name} that leads nowhere: ${fault}`;
  }
  return undefined;
}
