import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { Fault } from '../../kernel/fault.ts'
import type { BackupKey } from './backup-key.ts'
import { readSealedFile, writeSealedFile } from './sealed-file.ts'

/** 归档文件处 — stored content by its hash, as in the folder of files. */
const filesIn = (archive: string) => join(archive, 'files')

/** `ab/cdef…`, by which content lies in a folder of stored files; parts and strangers are not meant. */
const isContent = (path: string) => /^[0-9a-f]{2}\/[0-9a-f]{62}$/.test(path)

async function contentIn(folder: string): Promise<string[]> {
  const shards = await readdir(folder).catch(() => [])
  const paths: string[] = []
  for (const shard of shards.filter((name) => /^[0-9a-f]{2}$/.test(name)))
    for (const name of await readdir(join(folder, shard))) paths.push(`${shard}/${name}`)
  return paths.filter(isContent)
}

/**
 * 归档存放的文件 — copies what is not in the archive yet; returns how many.
 *
 * `alive` marks there what is still stored, so that `pruneFiles` knows since when a file is gone.
 */
export async function archiveFiles(
  folder: string,
  archive: string,
  key: BackupKey | undefined,
  alive = false,
): Promise<number> {
  const there = new Set(await contentIn(filesIn(archive)))
  let copied = 0
  for (const path of await contentIn(folder)) {
    const target = join(filesIn(archive), path)
    if (there.has(path)) {
      if (alive) await utimes(target, new Date(), new Date())
      continue
    }
    await mkdir(dirname(target), { recursive: true, mode: 0o700 })
    await writeSealedFile(`${target}.half`, createReadStream(join(folder, path)), key)
    await rename(`${target}.half`, target)
    copied += 1
  }
  return copied
}

/** 清理归档的文件 — removes what was no longer stored when the oldest base that is kept was made. */
export async function pruneFiles(archive: string, oldestBaseAt: string): Promise<number> {
  let removed = 0
  for (const path of await contentIn(filesIn(archive))) {
    const place = join(filesIn(archive), path)
    if ((await stat(place)).mtimeMs >= Date.parse(oldestBaseAt)) continue
    await rm(place)
    removed += 1
  }
  return removed
}

/** 取回归档的文件 — writes the content of these hashes under `folder`; returns those the archive has not, or has damaged or under another key. */
export async function fetchFiles(
  archive: string,
  hashes: readonly string[],
  folder: string,
  key: BackupKey | undefined,
): Promise<string[]> {
  const missing: string[] = []
  for (const hash of hashes) {
    const path = `${hash.slice(0, 2)}/${hash.slice(2)}`
    const source = join(filesIn(archive), path)
    const bytes = existsSync(source) ? await openedOrNot(source, key) : undefined
    if (!bytes || createHash('sha256').update(bytes).digest('hex') !== hash) {
      missing.push(hash)
      continue
    }
    await mkdir(dirname(join(folder, path)), { recursive: true, mode: 0o700 })
    await writeFile(join(folder, path), bytes, { mode: 0o600, flush: true })
  }
  return missing
}

/** One file that does not open is one file missing: the database and all others come back without it. */
async function openedOrNot(source: string, key: BackupKey | undefined): Promise<Buffer | undefined> {
  try {
    return await buffer(readSealedFile(source, key))
  } catch (error) {
    if (error instanceof Fault) return undefined
    throw error
  }
}
