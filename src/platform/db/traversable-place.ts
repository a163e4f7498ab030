import { accessSync, constants, cpSync, existsSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The user id under which PostgreSQL runs when the platform itself runs as root: `nobody`, present on every system. */
export const nobody = 65534

/** 是否以 root 运行 — PostgreSQL refuses to run as root, so root must hand it to another user. */
export function runsAsRoot(): boolean {
  return process.getuid?.() === 0
}

/** 第一处走不通的目录 — the nearest folder on the way to `path` that strangers may not enter; undefined when all are open. */
export function closedParent(path: string): string | undefined {
  for (let folder = path; ; folder = dirname(folder)) {
    if (existsSync(folder) && !(statSync(folder).mode & 0o001)) return folder
    if (folder === dirname(folder)) return undefined
  }
}

/**
 * 可达之处 — a copy of `folder` that any user can reach, made once under `/var/lib/kuoyou`.
 *
 * Needed when the checkout lies under a 0700 home (root's own): the database process runs as `nobody`
 * and could neither read its programs nor its data there.
 */
export function reachableCopy(folder: string, name: string): string {
  if (!closedParent(folder)) return folder
  const copy = join('/var/lib/kuoyou', name)
  if (existsSync(copy)) return copy
  mkdirSync(dirname(copy), { recursive: true, mode: 0o755 })
  const half = `${copy}.half-${process.pid}`
  cpSync(folder, half, { recursive: true, verbatimSymlinks: true })
  if (existsSync(copy)) return copy
  renameSync(half, copy)
  return copy
}

/** 是否可写 — may this process write into the folder? */
export function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}
