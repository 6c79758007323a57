/** Thrown to refuse a request. The route turns it into the answer. */
export class Refusal extends Error {
  readonly status: number;
  readonly body: object;

  constructor(status: number, body: object) {
    super(JSON.stringify(body));
    this.status = status;
    this.body = body;
  }
}

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };

export const json = (body: object, status = 200): Response =>
  Response.json(body, { status, headers: JSON_TYPE });

export const empty = (status: number): Response => new Response(null, { status });

export const notFound = () => new Refusal(404, { status: 404, error: 'Not Found' });

/** A 422. Astria's documentation describes several bodies of it, and each rule says which one it answers with. */
export const invalid = (body: object) => new Refusal(422, body);

export const accessDenied = (): Response =>
  new Response('HTTP Token: Access denied.', {
    status: 401,
    headers: { 'content-type': 'text/plain', 'www-authenticate': 'Token realm="Application"' },
  });

/** Returns the value, or throws a 404 if there is none. */
export function must<Value>(value: Value | null | undefined): Value {
  if (value === undefined || value === null) throw notFound();
  return value;
}

/** Messages by field, collected as ActiveModel does. */
export class FieldErrors {
  readonly #messages: Record<string, string[]> = {};

  add(field: string, message: string): void {
    const messages = this.#messages[field] ?? [];
    messages.push(message);
    this.#messages[field] = messages;
  }

  throwIfAny(): void {
    if (Object.keys(this.#messages).length > 0) throw invalid(this.#messages);
  }
}
