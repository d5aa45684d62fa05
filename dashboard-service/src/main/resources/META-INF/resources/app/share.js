/** The share that failed, 0 to 1. Alerts may reach the archive before their results: never more than all. */
export const share = ({ n, failures }) => (n > 0 ? Math.min(1, failures / n) : 1);
