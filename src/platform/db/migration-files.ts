import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { Fault } from '../../kernel/fault.ts'

/** The order in which the parts of one migration run; `distribute` only where Citus is installed. */
export const phases = ['tables', 'distribute', 'foreign keys', 'views', 'policies', 'grants'] as const

/** 升级脚本 — one numbered SQL file and, beside it, the one that takes it back. */
export interface Migration {
  /** `records/registry/migrations/0001-registry.sql` is known as `registry/0001-registry`. */
  readonly name: string
  readonly text: string
  /** Text of `0001-registry.down.sql`, where there is one. */
  readonly down: string | undefined
}

/** 升级脚本 — of one room's folder, in order. */
export function migrationsIn(folder: string): Migration[] {
  const room = basename(join(folder, '..'))
  return readdirSync(folder)
    .filter((file) => file.endsWith('.sql') && !file.endsWith('.down.sql'))
    .sort()
    .map((file) => {
      const down = join(folder, file.replace(/\.sql$/, '.down.sql'))
      return {
        name: `${room}/${basename(file, '.sql')}`,
        text: readFileSync(join(folder, file), 'utf8'),
        down: existsSync(down) ? readFileSync(down, 'utf8') : undefined,
      }
    })
}

/** Splits a migration at its `-- phase: x` lines. */
export function inPhases(name: string, text: string): Map<string, string> {
  const parts = new Map<string, string>()
  for (const part of text.split(/^-- phase: /m).slice(1)) {
    const phase = part.slice(0, part.indexOf('\n')).trim()
    if (!(phases as readonly string[]).includes(phase)) throw new Fault(`${name}: unknown phase "${phase}"`)
    if (parts.has(phase)) throw new Fault(`${name}: phase "${phase}" stands twice`)
    parts.set(phase, part.slice(part.indexOf('\n')))
  }
  return parts
}
