/** What a reader and its watch share, as places in one array of whole numbers. */
export const CELL = { busy: 0, startMs: 1, cpuMs: 2, memoryMiB: 3 } as const;
