const NAME = 'create:text';

/** Keeps a text for the form of the page `/create`, which opens next. */
export const bringText = (text: string): void => sessionStorage.setItem(NAME, text);

/** Returns the text that another page has brought, once. */
export function takeBroughtText(): string | null {
  const text = sessionStorage.getItem(NAME);
  sessionStorage.removeItem(NAME);
  return text;
}
