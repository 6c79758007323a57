import type { Random } from '../random.ts';
import { type Colour, darker, lighter, tint } from './colour.ts';
import { arches, backdrop, room, stage, stairs } from './indoors.ts';
import type { Light } from './light.ts';
import type { Pen } from './pen.ts';
import { between, type DrawPlace, ground, sky, sun } from './place.ts';
import type { Point } from './raster.ts';
import type { PlaceName } from './scene.ts';

/** Draws a ridge from edge to edge. */
function ridge(
  pen: Pen,
  y: number,
  height: number,
  { colour, random }: { colour: Colour; random: Random },
) {
  const steps = 9;
  const span = (pen.right - pen.left) * 1.2;
  const points = Array.from(
    { length: steps + 1 },
    (_, step): Point => [pen.left * 1.2 + (step / steps) * span, y - between(random, 0, height)],
  );
  pen.round([...points, [pen.right * 1.6, pen.bottom * 1.3], [pen.left * 1.6, pen.bottom * 1.3]], {
    top: colour,
    bottom: darker(colour, 0.2),
  });
}

const city: DrawPlace = (pen, light, random) => {
  sky(pen, light, pen.bottom * 0.8);
  sun(pen, light, random);
  const horizon = pen.bottom * between(random, 0.72, 0.82);
  for (const [colour, tall, wide] of [
    [tint(light.far, light.sky[1], 0.45), 0.5, 0.09],
    [light.far, 0.38, 0.14],
    [light.near, 0.22, 0.2],
  ] as const) {
    for (let x = pen.left - 0.05; x < pen.right; ) {
      const width = between(random, wide * 0.6, wide * 1.5);
      const top = horizon - between(random, tall * 0.3, tall) * pen.bottom;
      pen.box([x, top], [width - 0.006, pen.bottom - top], {
        top: colour,
        bottom: darker(colour, 0.15),
      });
      windows(pen, [x, top], width, { light, random });
      x += width;
    }
  }
  ground(pen, { ...light, ground: [light.near, darker(light.near, 0.4)] }, horizon + 0.05);
};

function windows(
  pen: Pen,
  [x, top]: Point,
  width: number,
  { light, random }: { light: Light; random: Random },
) {
  const step = width / 4;
  for (let row = 0; row < 7; row++) {
    for (let column = 0; column < 3; column++) {
      if (random.below(3) > 0) continue;
      pen.box([x + step * (column + 0.6), top + 0.03 + row * 0.05], [step * 0.45, 0.022], {
        top: light.glow,
        alpha: 0.5,
      });
    }
  }
}

const sea: DrawPlace = (pen, light, random) => {
  const horizon = pen.bottom * between(random, 0.48, 0.6);
  sky(pen, light, horizon);
  sun(pen, light, random);
  const water = tint(light.near, [44, 108, 138], 0.5);
  pen.band(horizon, pen.bottom, {
    top: tint(water, light.sky[1], 0.45),
    bottom: water,
  });
  for (let wave = 0; wave < 16; wave++) {
    const y = horizon + (pen.bottom - horizon) * (wave / 17) ** 1.4 + 0.01;
    const width = between(random, 0.08, 0.4);
    pen.oval([between(random, pen.left, pen.right), y], [width, 0.0025 + wave * 0.0005], {
      top: light.glow,
      alpha: 0.35,
    });
  }
  const shore = pen.bottom * between(random, 0.8, 0.88);
  pen.round(
    [
      [pen.left * 1.5, shore + 0.06],
      [pen.left * 0.4, shore],
      [pen.right * 0.4, shore + 0.07],
      [pen.right * 1.5, shore - 0.02],
      [pen.right * 1.5, pen.bottom * 1.4],
      [pen.left * 1.5, pen.bottom * 1.4],
    ],
    { top: light.ground[0], bottom: light.ground[1] },
  );
};

const LEAF: Colour = [64, 108, 72];

const garden: DrawPlace = (pen, light, random) => {
  sky(pen, {
    ...light,
    sky: [tint(light.sky[0], LEAF, 0.35), tint(light.sky[1], [226, 236, 210], 0.5)],
  });
  pen.glow([0, pen.bottom * 0.3], 0.8, { top: light.glow, alpha: 0.6 });
  for (let bar = -4; bar <= 4; bar++) {
    pen.box([bar * 0.22 - 0.004, 0], [0.008, pen.bottom * 0.75], { top: light.near, alpha: 0.35 });
  }
  ground(
    pen,
    { ...light, ground: [tint(light.ground[0], LEAF, 0.35), tint(light.ground[1], LEAF, 0.55)] },
    pen.bottom * 0.78,
  );
  for (let plant = 0; plant < 15; plant++) {
    const depth = plant / 15;
    const colour = tint(tint(LEAF, light.sky[1], 0.45 * (1 - depth)), [24, 54, 46], depth * 0.6);
    const side = plant % 2 === 0 ? pen.left : pen.right;
    const x = side * between(random, 0.45, 1.05);
    bush(
      pen.at([x, pen.bottom * between(random, 0.84, 1.02)], between(random, 0.6, 1.3)),
      colour,
      random,
    );
  }
};

function bush(pen: Pen, colour: Colour, random: Random): void {
  for (let leaf = -4; leaf <= 4; leaf++) {
    const lean = leaf * 0.065 + between(random, -0.02, 0.02);
    const height = 0.42 - Math.abs(leaf) * 0.055;
    pen.round(
      [
        [0, 0],
        [lean * 0.6 - 0.025, -height * 0.55],
        [lean * 1.7, -height],
        [lean * 0.6 + 0.03, -height * 0.5],
      ],
      { top: lighter(colour, 0.14 + (leaf + 4) * 0.012), bottom: darker(colour, 0.2) },
    );
  }
}

const hills: DrawPlace = (pen, light, random) => {
  sky(pen, light, pen.bottom * 0.7);
  sun(pen, light, random);
  const depth = 5;
  for (let layer = 0; layer < depth; layer++) {
    const part = layer / (depth - 1);
    ridge(pen, pen.bottom * (0.52 + part * 0.36), 0.3 - part * 0.2, {
      colour: tint(tint(light.far, light.sky[1], 0.5 - part * 0.5), light.near, part * 0.9),
      random,
    });
  }
};

export const DRAW_PLACE: Record<PlaceName, DrawPlace> = {
  city,
  sea,
  garden,
  hills,
  room,
  stairs,
  arches,
  stage,
  backdrop,
};
