import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** 内容库 — files by the SHA-256 of what they hold, in a folder; the same content lies there once. */
export interface ContentStore {
  /** Stays written once this returns, also through a power cut; throws `StorageFull` when the disk has no room. */
  write(bytes: Buffer): Promise<string>
  /** Undefined when it is not there, or no longer what its hash says. */
  read(sha256: string): Promise<Buffer | undefined>
  remove(sha256: string): Promise<void>
  /** Removes it unless it was written again within this time. */
  removeOlder(sha256: string, ms: number): Promise<void>
  /** Hashes of content last written longer ago than this. */
  olderThan(ms: number): AsyncIterable<string>
}

/** 磁盘已满 — nothing of what was to be written is left behind. */
export class StorageFull extends Error {
  override readonly name = 'StorageFull'
}

export function sha256Of(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** 开内容库 — `folder/ab/cdef…`; written beside, flushed, then renamed, so that half a file is never found. */
export function openContentStore(folder: string): ContentStore {
  const placeOf = (sha256: string) => join(folder, sha256.slice(0, 2), sha256.slice(2))
  return {
    write: async (bytes) => {
      const sha256 = sha256Of(bytes)
      await writeWhole(placeOf(sha256), bytes).catch(asStorageFull)
      return sha256
    },
    read: async (sha256) => {
      const bytes = await readFile(placeOf(sha256)).catch(() => undefined)
      return bytes && sha256Of(bytes) === sha256 ? bytes : undefined
    },
    remove: (sha256) => rm(placeOf(sha256), { force: true }),
    removeOlder: async (sha256, ms) => {
      const written = await stat(placeOf(sha256)).catch(() => undefined)
      if (written && written.mtimeMs < Date.now() - ms) await rm(placeOf(sha256), { force: true })
    },
    olderThan: (ms) => olderThan(folder, ms),
  }
}

async function writeWhole(place: string, bytes: Buffer): Promise<void> {
  const shard = join(place, '..')
  await mkdir(shard, { recursive: true, mode: 0o700 })
  const beside = join(shard, `.${randomUUID()}.part`)
  try {
    const file = await open(beside, 'wx', 0o600)
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(beside, place)
  } catch (error) {
    await rm(beside, { force: true })
    throw error
  }
  await flushFolder(shard)
}

/** The new name must survive a power cut as well; where folders cannot be flushed (Windows) the system does it. */
async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined)
  await handle?.sync().catch(() => {})
  await handle?.close()
}

function asStorageFull(error: NodeJS.ErrnoException): never {
  if (error.code === 'ENOSPC' || error.code === 'EDQUOT')
    throw new StorageFull(error.message, { cause: error })
  throw error
}

/** Parts that a killed process left beside are told by no hash and removed on the way. */
async function* olderThan(folder: string, ms: number): AsyncGenerator<string> {
  const before = Date.now() - ms
  const shards = await readdir(folder).catch(() => [])
  for (const shard of shards.filter((name) => /^[0-9a-f]{2}$/.test(name)))
    for (const name of await readdir(join(folder, shard))) {
      const place = join(folder, shard, name)
      const written = await stat(place).catch(() => undefined)
      if (!written || written.mtimeMs > before) continue
      if (name.endsWith('.part')) await rm(place, { force: true })
      else yield shard + name
    }
}
