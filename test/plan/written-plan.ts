import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { TestContext } from 'node:test'

/** A plan folder of a test's own, removed when the test ends. */
export interface WrittenPlan {
  readonly root: string
  /** Writes a file below the folder. */
  write(path: string, content: string): void
  /** Changes the words of a file; the words to replace must be there. */
  change(path: string, from: string, to: string): void
}

/** An empty folder for plan layers. */
export function emptyPlan(t: TestContext): WrittenPlan {
  const root = mkdtempSync(join(tmpdir(), 'kuoyou-plan-'))
  t.after(() => rmSync(root, { recursive: true, force: true }))
  const write = (path: string, content: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), content)
  }
  const change = (path: string, from: string, to: string) => {
    const before = readFileSync(join(root, path), 'utf8')
    if (!before.includes(from)) throw new Error(`${path} does not contain: ${from}`)
    write(path, before.replace(from, to))
  }
  return { root, write, change }
}

/** A copy of the repository's plan, to plant faults in. */
export function copiedPlan(t: TestContext): WrittenPlan {
  const plan = emptyPlan(t)
  cpSync(join(import.meta.dirname, '../../plan'), plan.root, { recursive: true })
  return plan
}
