import { darker, lighter, tint } from './colour.ts';
import { between, type DrawPlace, ground } from './place.ts';

export const room: DrawPlace = (pen, light, random) => {
  const wall = tint(light.sky[1], light.ground[0], 0.35);
  pen.band(0, pen.bottom, {
    top: lighter(wall, 0.1),
    bottom: darker(wall, 0.12),
  });
  const side = random.below(2) === 0 ? -1 : 1;
  const x = side * Math.min(0.3, pen.right * 0.5) - 0.19;
  pen.box([x - 0.02, 0.1], [0.42, 0.52], { top: lighter(wall, 0.55) });
  pen.box([x, 0.12], [0.38, 0.48], { top: light.sky[0], bottom: light.sky[1] });
  pen.box([x + 0.185, 0.12], [0.012, 0.48], { top: lighter(wall, 0.55) });
  pen.box([x, 0.35], [0.38, 0.012], { top: lighter(wall, 0.55) });
  pen.flat(
    [
      [x, 0.75],
      [x + 0.34, 0.75],
      [x + 0.34 - side * 0.3, pen.bottom],
      [x - side * 0.3, pen.bottom],
    ],
    { top: light.glow, alpha: 0.22 },
  );
  const table = pen.bottom * 0.8;
  pen.band(table, pen.bottom, {
    top: light.ground[1],
    bottom: darker(light.ground[1], 0.45),
  });
  pen.band(table, 0.02, { top: lighter(light.ground[1], 0.25) });
};

export const stairs: DrawPlace = (pen, light, random) => {
  pen.band(0, pen.bottom, {
    top: lighter(light.far, 0.3),
    bottom: light.far,
  });
  const lean = between(random, 0.35, 0.75) * (random.below(2) === 0 ? -1 : 1);
  pen.flat(
    [
      [pen.left, 0],
      [pen.left + 0.5, 0],
      [pen.left + 0.5 + lean, pen.bottom],
      [pen.left + lean, pen.bottom],
    ],
    { top: light.glow, alpha: 0.3 },
  );
  const steps = 8;
  for (let step = 0; step < steps; step++) {
    const y = pen.bottom * (0.55 + (step / steps) * 0.5);
    const x = lean > 0 ? pen.left : pen.right;
    const reach = (pen.right - pen.left) * (0.3 + (step / steps) * 0.75) * (lean > 0 ? 1 : -1);
    const colour = tint(light.near, light.far, 0.5 - step * 0.05);
    pen.flat(
      [
        [x, y],
        [x + reach, y],
        [x + reach, pen.bottom],
        [x, pen.bottom],
      ],
      { top: lighter(colour, 0.15), bottom: colour },
    );
    pen.flat(
      [
        [x, y],
        [x + reach, y],
        [x + reach, y + 0.012],
        [x, y + 0.012],
      ],
      { top: light.glow, alpha: 0.4 },
    );
  }
};

const ARCHES = [
  [0.42, 0],
  [0.3, 0.4],
  [0.19, 0.8],
] as const;

export const arches: DrawPlace = (pen, light, random) => {
  pen.band(0, pen.bottom, {
    top: darker(light.sky[0], 0.1),
    bottom: light.far,
  });
  const floor = pen.bottom * 0.8;
  for (const [width, part] of ARCHES) {
    for (let x = -width * 4; x <= width * 4; x += width * 1.18) {
      const colour = tint(tint(light.sky[1], light.far, 0.6), light.glow, part * 0.6);
      if (part > 0 && Math.abs(x) > width * 1.4) continue;
      pen.oval([x, 0.34 + part * 0.12], [width * 0.42, width * 0.42], { top: colour });
      pen.box([x - width * 0.42, 0.34 + part * 0.12], [width * 0.84, floor], {
        top: colour,
        bottom: darker(colour, 0.18),
      });
    }
  }
  ground(pen, light, floor);
  pen.glow([between(random, -0.2, 0.2), floor], 0.5, { top: light.glow, alpha: 0.5 });
};

export const stage: DrawPlace = (pen, light, random) => {
  const dark = tint(light.near, [12, 10, 26], 0.7);
  pen.band(0, pen.bottom, {
    top: dark,
    bottom: tint(dark, light.far, 0.4),
  });
  const horizon = pen.bottom * 0.72;
  for (let lamp = 0; lamp < 6; lamp++) {
    const x = pen.left + ((lamp + 0.5) / 6) * (pen.right - pen.left);
    const aim = between(random, -0.25, 0.25);
    pen.flat(
      [
        [x - 0.01, 0],
        [x + 0.01, 0],
        [aim + 0.2, horizon + 0.1],
        [aim - 0.2, horizon + 0.1],
      ],
      { top: light.glow, bottom: light.far, alpha: 0.2 },
    );
    pen.glow([x, 0.02], 0.12, { top: light.glow });
  }
  ground(pen, { ...light, ground: [darker(light.near, 0.3), dark] }, horizon);
  pen.flat(
    [
      [-0.08, horizon],
      [0.08, horizon],
      [0.55, pen.bottom],
      [-0.55, pen.bottom],
    ],
    { top: lighter(light.far, 0.3), bottom: light.glow, alpha: 0.85 },
  );
};

export const backdrop: DrawPlace = (pen, light, random) => {
  const [top, bottom] = random.below(2) === 0 ? light.sky : light.ground;
  pen.band(0, pen.bottom, { top, bottom });
  pen.glow([between(random, -0.25, 0.25), pen.bottom * 0.38], 0.75, {
    top: lighter(bottom, 0.6),
    alpha: 0.7,
  });
  if (random.below(2) === 0) {
    const disc = between(random, 0.26, 0.36);
    pen.oval([between(random, -0.15, 0.15), pen.bottom * 0.42], [disc, disc], {
      top: light.near,
      bottom: light.far,
      alpha: 0.55,
    });
  }
  ground(
    pen,
    { ...light, ground: [darker(bottom, 0.06), darker(bottom, 0.22)] },
    pen.bottom * 0.85,
  );
};
