/** The errors of multipart requests. */
import { badRequest } from '../../graphql/errors.ts';
import type { Upload } from '../../graphql/upload.ts';
import { refusal, TOO_LARGE, TOO_SLOW, type UploadLimits } from './limits.ts';

const ORDER = 'A multipart request holds `operations`, then `map`, then the files.';

export const fieldTooLong = (name: 'operations' | 'map', max: number, found: number) =>
  refusal(
    `\`${name}\` is longer than ${max} bytes.`,
    { name: `${name}Bytes`, max, found },
    TOO_LARGE,
  );

export const tooMuch = ({ maxBytesInAll: max }: UploadLimits, found: number) =>
  refusal(
    `The request is longer than ${max} bytes.`,
    { name: 'bytesInAll', max, found },
    TOO_LARGE,
  );

export const fieldOutOfOrder = (wanted: 'operations' | 'map', found: string) =>
  refusal(`\`${wanted}\` was wanted, as a text, when \`${found}\` came. ${ORDER}`, {
    name: 'fieldOrder',
    max: wanted,
    found,
  });

export const fieldTooMany = (name: string) =>
  refusal(`\`${name}\` is a text that came after \`map\`. ${ORDER}`, {
    name: 'fields',
    max: 2,
    found: 3,
  });

export const partUnmapped = (name: string) =>
  refusal(`The file \`${name}\` is not in \`map\`: leave it out, or name its place there.`, {
    name: 'unmappedParts',
    max: 0,
    found: 1,
  });

export const partRepeated = (name: string) =>
  refusal(`The file \`${name}\` came twice: each needs a name and a place of its own.`, {
    name: 'partsPerName',
    max: 1,
    found: 2,
  });

export const partsMissing = (names: readonly string[]) =>
  refusal(`The request ended without ${names.map((name) => `\`${name}\``).join(', ')}. ${ORDER}`, {
    name: 'missingParts',
    max: 0,
    found: names.length,
  });

export const malformed = (fault: string) =>
  refusal(`The multipart body is broken: ${fault}.`, {
    name: 'body',
    max: 'multipart/form-data',
    found: fault,
  });

export const cutOff = () =>
  refusal('The request broke off.', { name: 'body', max: 'multipart/form-data', found: 'a part' });

export const silent = (maxMs: number) =>
  refusal(`Nothing came for ${maxMs / 1000} seconds, with files still wanted: send it again.`, {
    name: 'silenceMs',
    max: maxMs,
    found: maxMs,
  });

export const tooSlow = ({ maxPaceMs: max, paceBytes }: UploadLimits, found: number) =>
  refusal(
    `Only ${found} bytes came in ${max / 1000} seconds of waiting for files, and ${paceBytes} must: send it again over a faster line.`,
    { name: 'paceMs', max, found: `more than ${max}` },
    TOO_SLOW,
  );

export const fileTooLong = (file: Upload, max: number, found: number) =>
  file.refused(`is longer than ${max} bytes`, { name: 'bytesPerFile', max, found });

export const fileUsedTwice = ({ path }: Upload) =>
  badRequest(
    `The file at \`${path}\` is used twice. It is passed on as it comes: give each use a variable of its own, with a copy of the file.`,
    { name: 'usesPerFile', max: 1, found: 2 },
  );

/** `wanted` has the order in which the files would have been read. */
export const fileOutOfOrder = (wanted: readonly Upload[], found: Upload) =>
  badRequest(
    `The file at \`${found.path}\` came when \`${wanted[0]?.path}\` was wanted. Files are passed on as they come, so they must come in the order of their use: ${wanted.map(({ path }) => path).join(', ')}.`,
    { name: 'fileOrder', max: wanted[0]?.path ?? '', found: found.path },
  );
