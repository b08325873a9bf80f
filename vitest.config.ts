import { mkdtempSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    include: ['src/**/*.test.ts', 'tests/**/*.test.ts'],
    testTimeout: 30_000,
    // Much of a test is waiting for another process, so that two workers are faster than one on two cores as well.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // What copies of editions remember of themselves is not the tester’s.
    env: { XDG_STATE_HOME: mkdtempSync(join(tmpdir(), 'assay-test-state-')) },
  },
});
