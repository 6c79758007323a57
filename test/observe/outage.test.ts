import { expect, test } from 'vitest';
import { createLog } from '../../src/observe/log.ts';
import { Outage } from '../../src/observe/outage.ts';

function startOutage() {
  const lines: string[] = [];
  const time = { ms: 0 };
  const log = createLog('info', { write: (line) => void lines.push(line) });
  const outage = new Outage(log, 'the mill', () => time.ms);
  const told = () =>
    lines.splice(0).map((line) => {
      const { failures, msg } = JSON.parse(line);
      return `${msg}: ${failures}`;
    });
  return { outage, time, told };
}

test('a line when it begins, one a minute with a count, one when it is over', () => {
  const { outage, time, told } = startOutage();
  outage.worked();
  for (let second = 0; second < 130; second++) {
    time.ms = second * 1000;
    outage.failed(new Error('no wind'));
  }
  outage.worked();
  outage.worked();
  expect(told()).toEqual([
    'the mill fails: 1',
    'the mill fails: 60',
    'the mill fails: 60',
    'the mill works again: 9',
  ]);
});

test('what comes and goes is told every five seconds at most', () => {
  const { outage, time, told } = startOutage();
  for (let second = 0; second < 11; second++) {
    time.ms = second * 1000;
    outage.failed(new Error('no wind'));
    outage.worked();
  }
  expect(told()).toEqual([
    'the mill fails: 1',
    'the mill works again: 0',
    'the mill fails: 5',
    'the mill works again: 0',
    'the mill fails: 5',
    'the mill works again: 0',
  ]);
});
