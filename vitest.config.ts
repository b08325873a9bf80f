import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    include: ['src/**/*.test.ts', 'tests/**/*.test.ts'],
    testTimeout: 30_000,
    // What copies of editions remember of themselves is not the tester’s.
    env: { XDG_STATE_HOME: mkdtempSync(join(tmpdir(), 'assay-test-state-')) },
  },
});
