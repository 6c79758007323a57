/** The bytes that JSON is made of. */
export const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a];
export const [LIST, LIST_END, OBJECT, OBJECT_END] = [0x5b, 0x5d, 0x7b, 0x7d];
/** What is below is a control character, which no text has as it is. */
export const SPACE = 0x20;
export const LAST_ASCII = 0x7f;
