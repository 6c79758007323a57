/** A receiver that takes messages, refuses them, or has the gateway killed while it does. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';

export interface Taken {
  messageId: string;
  body: string;
  /** Whether the receiver answered 2xx. */
  isTaken: boolean;
}

/** What happens to the next message. */
export interface Plan {
  /** The status that it is answered with. Undefined: the connection ends without an answer. */
  status: number | undefined;
  /** Called when the message is there, before it is answered. */
  before?(): Promise<void>;
  /** Called when the answer has been written. */
  after?(): void;
}

const TAKE: Plan = { status: 204 };

export class Receiver {
  readonly taken: Taken[] = [];
  readonly offences: string[] = [];
  readonly #webhook: Webhook;
  readonly #server = createServer((request, response) => void this.#take(request, response));
  #plan: Plan | undefined;

  constructor(secret: string) {
    this.#webhook = new Webhook(secret);
  }

  async listen(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  /** Sets what happens to the next message, and resolves when it has happened. */
  next(plan: Plan): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#plan = {
      ...plan,
      after() {
        plan.after?.();
        resolve();
      },
    };
    return promise;
  }

  close() {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #take(request: IncomingMessage, response: ServerResponse) {
    const body = await text(request).catch(() => undefined);
    // The gateway was killed while it sent this.
    if (body === undefined) return;
    const plan = this.#plan ?? TAKE;
    this.#plan = undefined;
    const headers = request.headers as Record<string, string>;
    try {
      this.#webhook.verify(body, headers);
    } catch (error) {
      this.offences.push(`a signature is not valid: ${error}`);
    }
    const isTaken = plan.status !== undefined && plan.status < 300;
    this.taken.push({ messageId: headers['webhook-id'] ?? '', body, isTaken });
    await plan.before?.();
    if (plan.status === undefined) response.destroy();
    else response.writeHead(plan.status).end();
    plan.after?.();
  }
}
