/** The settings of a Redis server that the ledger depends on. */

interface Informing {
  info(section: string): Promise<string>;
}

/** Returns the reasons why Redis may lose entries. Empty if there are none, or if Redis does not reveal its settings. */
export async function warningsOf(redis: Informing): Promise<string[]> {
  const sections = ['memory', 'persistence'].map((section) => redis.info(section).catch(() => ''));
  const info = (await Promise.all(sections)).join('\n');
  const found = (name: string) => new RegExp(`^${name}:(\\S+)`, 'm').exec(info)?.[1];
  const policy = found('maxmemory_policy');
  const warnings: string[] = [];
  if (policy && policy !== 'noeviction') {
    warnings.push(
      `Redis may evict keys of the ledger, and a write be paid for twice: maxmemory-policy is ${policy}; set it to noeviction`,
    );
  }
  if (found('aof_enabled') === '0') {
    warnings.push(
      'Redis loses its last writes when it ends, and a write may be paid for twice: appendonly is no; set it to yes, and appendfsync to always',
    );
  }
  return warnings;
}
