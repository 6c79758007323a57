/** Flags in a text, as Astria took video before it had parameters for it: it still does, and so does the emulator. */
import { type Params, textOf } from './params.ts';

/** `… --video --video_model kling25 --duration 5 --video_prompt "she smiles"`, each in Astria's name for its parameter. */
const FLAGS = {
  video_model: /\s--video_model[\s=]+(\S+)/,
  video_duration: /\s--(?:video_)?duration[\s=]+(\d+)/,
  video_prompt: /\s--video_prompt[\s=]+(?:"([^"]*)"|(.+?)(?=\s--|$))/s,
};

const isGiven = (params: Params, name: string) => textOf(params, name) !== null;

export const hasVideoFlag = (text: string | null): boolean =>
  /\s--video(?:_\w+)?\b/.test(` ${text ?? ''}`);

/** With the parameters that the text gives; those that are given by themselves count more. */
export function withVideoFlags(params: Params): Params {
  const text = textOf(params, 'text');
  if (!hasVideoFlag(text)) return params;
  const found = Object.entries(FLAGS).flatMap(([name, flag]) => {
    const [, quoted, plain] = flag.exec(` ${text}`) ?? [];
    const value = quoted ?? plain;
    return value === undefined || isGiven(params, name) ? [] : [[name, value]];
  });
  return { ...params, ...Object.fromEntries(found) };
}

const READ = ['video', 'video_model', 'video_duration', 'duration', 'video_prompt'];

/** Others than those of video: `--tiled_upscale`. */
export const unknownFlagsIn = (text: string | null): string[] =>
  Array.from((text ?? '').matchAll(/(?:^|\s)--([a-z]\w*)/g), ([, name = '']) => name)
    .filter((name) => !READ.includes(name))
    .map((name) => `--${name}`);
