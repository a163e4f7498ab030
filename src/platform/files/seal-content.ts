import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import { findSuite } from '../vault/suites.ts'
import type { About, Vault } from '../vault/vault.ts'

/** 文件密钥的数据分级 — files are sealed when they hold sensitive personal data. */
export const fileDataClass = 'C3'

/** 密封的内容 — as it lies on the disk, and the key it opens with, itself sealed. */
export interface SealedContent {
  readonly bytes: Buffer
  readonly keySealed: Buffer
}

/** 密封内容 — under a fresh key, which belongs to this file's row and to nothing else. */
export async function sealContent(vault: Vault, fileId: string, plain: Buffer): Promise<SealedContent> {
  const suite = (await vault.keys.live(fileDataClass, 'seal'))[0]!.suite
  const key = randomBytes(32)
  const bytes = Buffer.concat([
    Buffer.from([suite.code]),
    suite.seal(key, plain, Buffer.from(`files.file\0${fileId}`)),
  ])
  return { bytes, keySealed: await vault.seal(key.toString('base64'), aboutKey(fileId)) }
}

/** 打开内容 — undefined when it is not what was sealed under this key. */
export async function openContent(
  vault: Vault,
  fileId: string,
  { bytes, keySealed }: SealedContent,
): Promise<Buffer | undefined> {
  const key = Buffer.from(await vault.open(keySealed, aboutKey(fileId)), 'base64')
  return findSuite(bytes[0] as number)?.open(key, bytes.subarray(1), Buffer.from(`files.file\0${fileId}`))
}

const batchRows = 500

/** 换钥 — seals the files' own keys again under the newest one; the contents stay as they lie. Returns how many. */
export async function resealFiles(pool: pg.Pool, vault: Vault): Promise<number> {
  const head = await vault.newestHead(fileDataClass)
  for (let done = 0; ; ) {
    const { rows } = await pool.query<{ fileId: string; keySealed: Buffer }>(
      `select file_id as "fileId", key_sealed as "keySealed" from files.file
        where substring(key_sealed from 1 for $1) <> $2 order by file_id limit $3`,
      [head.length, head, batchRows],
    )
    for (const { fileId, keySealed } of rows) {
      const fresh = await vault.seal(await vault.open(keySealed, aboutKey(fileId)), aboutKey(fileId))
      await pool.query('update files.file set key_sealed = $2 where file_id = $1', [fileId, fresh])
    }
    done += rows.length
    if (rows.length < batchRows) return done
  }
}

/** The row is the key's only home, so its own number serves as the salt. */
function aboutKey(fileId: string): About {
  const salt = Buffer.from(fileId.replaceAll('-', ''), 'hex')
  return { dataClass: fileDataClass, place: 'files.file.key_sealed', row: fileId, salt }
}
