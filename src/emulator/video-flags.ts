/** Flags for video in a text. Astria took them before it had parameters for video, and still does. */
import { type Params, textOf } from './params.ts';

/**
 * `… --video --video_model kling25 --duration 5 --video_prompt "she smiles"`: each flag with Astria's name of its parameter.
 */
const FLAGS = {
  video_model: /\s--video_model[\s=]+(\S+)/,
  video_duration: /\s--(?:video_)?duration[\s=]+(\d+)/,
  video_prompt: /\s--video_prompt[\s=]+(?:"([^"]*)"|(.+?)(?=\s--|$))/s,
};

const isGiven = (params: Params, name: string) => textOf(params, name) !== null;

export const hasVideoFlag = (text: string | null): boolean =>
  /\s--video(?:_\w+)?\b/.test(` ${text ?? ''}`);

/** Adds the parameters of the flags. Parameters that were sent take precedence. */
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

/** Returns flags that are not for video: `--tiled_upscale`. */
export const unknownFlagsIn = (text: string | null): string[] =>
  Array.from((text ?? '').matchAll(/(?:^|\s)--([a-z]\w*)/g), ([, name = '']) => name)
    .filter((name) => !READ.includes(name))
    .map((name) => `--${name}`);
