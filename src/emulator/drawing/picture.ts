import { createHash } from 'node:crypto';
import { type Random, seededRandom } from '../random.ts';
import { type Pen, startDrawing } from './pen.ts';
import { drawPerson } from './people.ts';
import { DRAW_PLACE } from './places.ts';
import { pngOf, type Size } from './raster.ts';
import { type Scene, sceneOf } from './scene.ts';
import { DRAW_THING } from './things.ts';

export interface Sketch extends Partial<Size> {
  /** Decides the composition: pictures of one text differ by their names. The same name always gives the same picture. */
  name: string;
  /** Decides the place, the light, the colours and the subject. */
  text: string;
}

/** Draws what a text asks for: a place in a light, and somebody or something in it. */
export function drawPicture({ name, text, width = 512, height = 512 }: Sketch): Uint8Array {
  const scene = sceneOf(text, randomOf(text));
  const random = randomOf(`${text}|${name}`);
  const { canvas, pen } = startDrawing({ width, height });
  DRAW_PLACE[scene.place](pen, scene.light, random);
  drawSubject(pen, scene, random);
  return pngOf(canvas);
}

const randomOf = (text: string): Random =>
  seededRandom(createHash('sha1').update(text).digest().readUInt32BE(0));

function drawSubject(pen: Pen, scene: Scene, random: Random): void {
  if (scene.subject === 'none') return;
  const isMirrored = random.below(2) === 0;
  if (scene.subject !== 'person') {
    const scale = 0.62 + random.below(16) / 100;
    const x = aside(pen, random);
    const draw = DRAW_THING[scene.subject];
    draw(pen.at([x, pen.bottom * 0.9], scale, isMirrored), scene.colour, random);
    return;
  }
  for (let index = 0; index < scene.count; index++) {
    const spread = (index - (scene.count - 1) / 2) * (scene.isWhole ? 0.24 : 0.4);
    const x = scene.count > 1 ? spread : aside(pen, random);
    placePerson(
      pen,
      { ...scene, person: index % 2 === 0 ? scene.person : 'man' },
      { x, isMirrored, random },
    );
  }
}

/** Returns how far from the middle the subject stands: a wide picture has room for it. */
const aside = (pen: Pen, random: Random) => (random.below(100) / 100 - 0.5) * (pen.right - 0.32);

interface Position {
  x: number;
  isMirrored: boolean;
  random: Random;
}

function placePerson(pen: Pen, scene: Scene, { x, isMirrored, random }: Position): void {
  if (scene.isWhole) {
    const head = (pen.bottom * 0.72) / 7.2;
    const y = pen.bottom * 0.94 - head * 6.6;
    drawPerson(pen.at([x, y], head, isMirrored), scene, random);
    return;
  }
  const head = (scene.isCloseUp ? 0.42 : 0.28) + random.below(6) / 100;
  const y = pen.bottom * (scene.isCloseUp ? 0.42 : 0.46);
  drawPerson(pen.at([x, y], head, isMirrored), scene, random);
}
