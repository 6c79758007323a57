/** Returns how many files and sockets the process may have open. Undefined if the system has no limit or does not tell it. */
export function maxDescriptors(): number | undefined {
  const { userLimits } = process.report.getReport() as {
    userLimits?: { open_files?: { soft?: number | 'unlimited' } };
  };
  const soft = userLimits?.open_files?.soft;
  return typeof soft === 'number' ? soft : undefined;
}
