/** How many files and sockets the process may have open at once; undefined where the system sets no limit, or does not say. */
export function maxDescriptors(): number | undefined {
  const { userLimits } = process.report.getReport() as {
    userLimits?: { open_files?: { soft?: number | 'unlimited' } };
  };
  const soft = userLimits?.open_files?.soft;
  return typeof soft === 'number' ? soft : undefined;
}
