import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { mkdir, readdir } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { Fault } from '../../kernel/fault.ts'
import type { BackupKey } from './backup-key.ts'
import type { ManifestFile } from './manifest.ts'
import { readSealedFile, writeSealedFile } from './sealed-file.ts'

/** 备份存放的文件 — copies every file under `folder` into the backup, each with its hash. A folder that is not there holds none. */
export async function backUpFiles(
  folder: string | undefined,
  backup: string,
  key: BackupKey | undefined,
): Promise<ManifestFile[]> {
  if (!folder || !existsSync(folder)) return []
  const files: ManifestFile[] = []
  for (const path of await pathsUnder(folder)) {
    const hash = createHash('sha256')
    let bytes = 0
    const counted = async function* (): AsyncGenerator<Buffer> {
      for await (const chunk of createReadStream(join(folder, path))) {
        hash.update(chunk as Buffer)
        bytes += (chunk as Buffer).length
        yield chunk as Buffer
      }
    }
    const target = join(backup, 'files', path)
    await mkdir(dirname(target), { recursive: true, mode: 0o700 })
    await writeSealedFile(target, counted(), key)
    files.push({ path, bytes, sha256: hash.digest('hex') })
  }
  return files
}

async function pathsUnder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort()
}

/** 核对或取回文件 — reads each file of a backup and checks its hash; writes it under `target` when one is given. */
export async function restoreFiles(
  backup: string,
  files: readonly ManifestFile[],
  key: BackupKey | undefined,
  target?: string,
): Promise<void> {
  for (const { path, sha256 } of files) {
    if (path.split('/').includes('..')) throw new Fault(`备份清单里的文件名 ${path} 不合规矩，未予恢复。`)
    const hash = createHash('sha256')
    const hashed = async function* (): AsyncGenerator<Buffer> {
      for await (const chunk of readSealedFile(join(backup, 'files', path), key)) {
        hash.update(chunk as Buffer)
        yield chunk as Buffer
      }
    }
    if (target) {
      await mkdir(dirname(join(target, path)), { recursive: true, mode: 0o700 })
      await pipeline(hashed, createWriteStream(join(target, path), { mode: 0o600, flush: true }))
    } else for await (const _ of hashed());
    if (hash.digest('hex') !== sha256)
      throw new Fault(`备份里的文件 ${path} 与清单上的校验值不符，未予恢复。请换一份备份。`)
  }
}
