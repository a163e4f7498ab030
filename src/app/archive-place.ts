import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { ServerSettings } from '../platform/db/embedded-server.ts'
import { archiveSettings, prepareArchive } from '../platform/db/wal-archive.ts'
import { dataFolder } from './data-folder.ts'

/**
 * 归档目录 — where the built-in database's log goes: KUOYOU_ARCHIVE, or what it said last; undefined when it never did, or says `none`.
 *
 * Remembered in the data folder, because a command typed without it must not write a stretch of log that nobody archives.
 */
export function archivePlace(data?: string): string | undefined {
  const note = join(dataFolder(data), 'archive-place')
  const told = process.env.KUOYOU_ARCHIVE
  if (told === 'none') {
    rmSync(note, { force: true })
    return undefined
  }
  const known = existsSync(note) ? readFileSync(note, 'utf8').trim() : undefined
  if (!told) return known
  const place = resolve(told)
  if (place !== known) {
    mkdirSync(dataFolder(data), { recursive: true, mode: 0o711 })
    writeFileSync(note, `${place}\n`, { mode: 0o600 })
  }
  return place
}

/** 归档所需参数 — for starting the built-in database; an archive out of reach is said aloud and waited for, not a reason to stand still. */
export function archiving(data?: string): ServerSettings {
  const place = archivePlace(data)
  if (!place) return {}
  try {
    prepareArchive(place)
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`)
  }
  return archiveSettings(place)
}
