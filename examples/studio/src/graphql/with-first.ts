/** Returns the rows with this one before all others, and only there. */
export const withFirst = <Row extends { id: string }>(row: Row, rows: readonly Row[]): Row[] => [
  row,
  ...rows.filter(({ id }) => id !== row.id),
];
