import { BLACK, type Colour, darker, lighter, tint, WHITE } from './colour.ts';
import { halvesOf, type Pen } from './pen.ts';
import { type DrawThing, shaded, shadow } from './thing.ts';

const boot = (pen: Pen, colour: Colour) => {
  pen.round(
    '-0.2,-0.72 0.08,-0.74 0.1,-0.36 0.3,-0.22 0.42,-0.07 -0.18,-0.05 -0.17,-0.4',
    shaded(colour),
  );
  pen.flat('-0.03,-0.7 0.05,-0.7 0.06,-0.42 -0.02,-0.4', { top: darker(colour, 0.5), alpha: 0.7 });
  pen.round('-0.2,-0.07 0.44,-0.08 0.44,0 -0.2,0', { top: darker(colour, 0.7) });
  pen.round('0.2,-0.24 0.34,-0.13 0.26,-0.13', { top: WHITE, alpha: 0.25 });
};

export const boots: DrawThing = (pen, colour) => {
  shadow(pen, 0.6);
  boot(pen.at([0.14, -0.05]), darker(colour, 0.18));
  boot(pen.at([-0.16, 0]), colour);
};

const shoe = (pen: Pen, colour: Colour) => {
  pen.round(
    '-0.36,-0.32 -0.14,-0.28 0.06,-0.24 0.34,-0.14 0.44,-0.05 -0.4,-0.05 -0.42,-0.2',
    shaded(colour),
  );
  pen.round('-0.42,-0.08 0.46,-0.08 0.45,0 -0.41,0', { top: WHITE, bottom: [214, 208, 200] });
  for (let lace = 0; lace < 4; lace++) {
    pen.flat(
      [
        [-0.1 + lace * 0.07, -0.26 + lace * 0.02],
        [-0.05 + lace * 0.07, -0.27 + lace * 0.02],
        [-0.02 + lace * 0.07, -0.19 + lace * 0.02],
        [-0.06 + lace * 0.07, -0.18 + lace * 0.02],
      ],
      { top: WHITE, alpha: 0.85 },
    );
  }
  pen.round('-0.36,-0.16 -0.06,-0.1 0.1,-0.16 0.02,-0.06 -0.3,-0.07', {
    top: darker(colour, 0.4),
    alpha: 0.5,
  });
};

export const shoes: DrawThing = (pen, colour) => {
  shadow(pen, 0.66);
  shoe(pen.at([0.16, -0.12], 0.92), darker(colour, 0.15));
  shoe(pen.at([-0.1, 0], 1.05), colour);
};

export const bag: DrawThing = (pen, colour) => {
  shadow(pen, 0.46);
  pen.round(
    '-0.22,-0.5 -0.17,-0.86 0,-0.95 0.17,-0.86 0.22,-0.5 0.17,-0.5 0.12,-0.82 0,-0.89 -0.12,-0.82 -0.17,-0.5',
    { top: darker(colour, 0.35) },
  );
  pen.round('-0.3,-0.56 0,-0.59 0.3,-0.56 0.4,-0.06 0.36,0 -0.36,0 -0.4,-0.06', shaded(colour));
  pen.round('-0.3,-0.56 0,-0.59 0.3,-0.56 0.31,-0.38 0,-0.3 -0.31,-0.38', {
    top: lighter(colour, 0.08),
    bottom: darker(colour, 0.15),
  });
  pen.oval([0, -0.34], [0.035, 0.035], { top: [222, 184, 110] });
};

export const glasses: DrawThing = (pen, colour) => {
  shadow(pen, 0.6);
  for (const half of halvesOf(pen)) {
    half.round(
      '0.08,-0.5 0.3,-0.54 0.52,-0.48 0.48,-0.2 0.26,-0.13 0.1,-0.24',
      shaded(darker(colour, 0.3)),
    );
    half.round('0.13,-0.46 0.3,-0.49 0.46,-0.44 0.43,-0.23 0.26,-0.18 0.15,-0.27', {
      top: tint(colour, WHITE, 0.65),
      bottom: tint(colour, BLACK, 0.35),
      alpha: 0.9,
    });
    half.flat('0.2,-0.46 0.27,-0.47 0.17,-0.26 0.15,-0.3', { top: WHITE, alpha: 0.35 });
  }
  pen.round('-0.1,-0.44 0,-0.48 0.1,-0.44 0.09,-0.39 0,-0.42 -0.09,-0.39', {
    top: darker(colour, 0.35),
  });
};

const hanger = (pen: Pen) => {
  pen.box([-0.008, -1.1], [0.016, 0.14], { top: [92, 84, 78] });
  pen.round('-0.3,-0.92 0,-0.99 0.3,-0.92 0,-0.96', { top: [150, 112, 76] });
};

export const dress: DrawThing = (pen, colour) => {
  shadow(pen, 0.4);
  hanger(pen);
  pen.round(
    '-0.1,-0.97 -0.19,-0.76 -0.12,-0.54 -0.3,-0.24 -0.38,-0.02 0,0.01 0.38,-0.02 0.3,-0.24 0.12,-0.54 0.19,-0.76 0.1,-0.97 0,-0.82',
    shaded(colour),
  );
  for (const fold of [-0.16, 0.02, 0.2])
    pen.flat(
      [
        [fold * 0.4, -0.5],
        [fold + 0.025, -0.02],
        [fold - 0.02, -0.02],
      ],
      { top: darker(colour, 0.35), alpha: 0.4 },
    );
  pen.box([-0.13, -0.56], [0.26, 0.035], { top: darker(colour, 0.35) });
};

export const jacket: DrawThing = (pen, colour) => {
  shadow(pen, 0.44);
  hanger(pen);
  for (const half of halvesOf(pen))
    half.round('0.28,-0.92 0.42,-0.82 0.52,-0.2 0.4,-0.16 0.28,-0.6', shaded(darker(colour, 0.18)));
  pen.round(
    '-0.1,-0.96 -0.32,-0.88 -0.3,-0.4 -0.33,-0.08 0,-0.05 0.33,-0.08 0.3,-0.4 0.32,-0.88 0.1,-0.96 0,-0.86',
    shaded(colour),
  );
  for (const half of halvesOf(pen))
    half.flat('0.1,-0.96 0.2,-0.72 0.02,-0.45 0,-0.88', { top: darker(colour, 0.3) });
  for (const y of [-0.4, -0.28]) pen.oval([0.03, y], [0.018, 0.018], { top: darker(colour, 0.6) });
};
