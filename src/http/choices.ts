/** One choice in a header such as `Accept` or `Accept-Encoding`: RFC 9110, 12.4. */
export interface Choice {
  name: string;
  weight: number;
  /** Its position among the choices. */
  position: number;
  charset: string | undefined;
}

export const choicesIn = (header: string): Choice[] => header.split(',').map(choiceOf);

function choiceOf(text: string, position: number): Choice {
  const [name = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const choice: Choice = { name, weight: 1, position, charset: undefined };
  for (const parameter of parameters) {
    const [key, value = ''] = parameter.split('=').map((part) => part.trim());
    if (key === 'charset') choice.charset = value.replaceAll('"', '');
    if (key === 'q' && Number(value) >= 0) choice.weight = Number(value);
  }
  return choice;
}
