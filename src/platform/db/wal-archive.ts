import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Fault } from '../../kernel/fault.ts'
import { ownFolder, type ServerSettings } from './embedded-server.ts'
import { closedParent, runsAsRoot } from './traversable-place.ts'

/** After this long a segment is closed though it is not full: with a minute for the copy, no more than five are lost. */
export const archiveEverySeconds = 240

/** 日志归档处 — where the write-ahead log lies inside an archive, one compressed file a segment. */
export function walFolder(archive: string): string {
  return join(archive, 'wal')
}

/** 备好归档处 — makes the folder; what the database copies there only the database's user can read. */
export function prepareArchive(archive: string): void {
  try {
    mkdirSync(archive, { recursive: true, mode: 0o711 })
    ownFolder(walFolder(archive))
  } catch (error) {
    throw new Fault(
      `建不了归档目录 ${archive}（${(error as NodeJS.ErrnoException).code}）—数据库的日志没有第二份，坏了磁盘会丢数据—请检查 KUOYOU_ARCHIVE 所指的磁盘是否挂上、可写。`,
    )
  }
  const closed = runsAsRoot() ? closedParent(dirname(walFolder(archive))) : undefined
  if (closed)
    throw new Fault(
      `以 root 运行时数据库由 nobody 用户执行，但它进不了归档目录 ${closed}。请给 KUOYOU_ARCHIVE 换一个目录，或对该目录执行 chmod o+x。`,
    )
}

/**
 * 归档参数 — has the server copy each finished segment of its log to the archive before it may reuse it.
 *
 * A segment counts as archived only when it lies on the disk under its name. One that lies there already was archived
 * just before a crash: the same content is well, another is a failure that stays (the archive belongs to another database).
 */
export function archiveSettings(archive: string, everySeconds = archiveEverySeconds): ServerSettings {
  const folder = inShell(walFolder(archive))
  const copy = `gzip -1 -c '%p' > "$f.half" && sync "$f.half" && mv "$f.half" "$f" && sync ${folder}`
  return {
    archive_mode: 'on',
    archive_timeout: String(everySeconds),
    archive_command: `f=${folder}/%f.gz; if [ -e "$f" ]; then gzip -dc "$f" | cmp -s - '%p'; else ${copy}; fi`,
  }
}

/** 取回参数 — has a server that recovers take its log from a folder of such segments. */
export function restoreSettings(folder: string, until: string | undefined): ServerSettings {
  return {
    restore_command: `f=${inShell(folder)}/%f.gz; [ -e "$f" ] && gzip -dc "$f" > '%p'`,
    recovery_target_action: 'promote',
    // The server reads no `Z` here.
    ...(until && { recovery_target_time: until.replace(/Z$/, '+00') }),
  }
}

/** Quoted for the shell; the server itself reads `%`. */
function inShell(path: string): string {
  return `'${path.replaceAll("'", "'\\''").replaceAll('%', '%%')}'`
}
