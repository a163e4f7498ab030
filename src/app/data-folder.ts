import { createHash } from 'node:crypto'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { closedParent, isWritable, runsAsRoot } from '../platform/db/traversable-place.ts'

/** 项目根目录 — where the checkout lies. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '')

/**
 * 数据目录 — where the embedded database and its secrets lie, unless `--data` says otherwise.
 *
 * Beside the code when that is possible; otherwise (read-only checkout, or root under a closed home,
 * where the database's own user could not enter) in a place that is.
 */
export function dataFolder(asked?: string): string {
  if (asked) return resolve(asked)
  if (process.env.KUOYOU_DATA) return resolve(process.env.KUOYOU_DATA)
  const reachable = !runsAsRoot() || closedParent(root) === undefined
  if (reachable && isWritable(root)) return join(root, '.data')
  const name = createHash('sha256').update(root).digest('hex').slice(0, 8)
  return runsAsRoot() ? join('/var/lib/kuoyou', `data-${name}`) : join(homedir(), '.local/share/kuoyou', name)
}
