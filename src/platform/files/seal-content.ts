import { randomBytes } from 'node:crypto'
import { aboutStored } from '../vault/rotate-keys.ts'
import { findSuite } from '../vault/suites.ts'
import type { About, Vault } from '../vault/vault.ts'
import { sealedFiles } from './sealed-files.ts'

const keyField = sealedFiles.fields[0]!

/** 密封的内容 — as it lies on the disk, and the key it opens with, itself sealed. */
export interface SealedContent {
  readonly bytes: Buffer
  readonly keySealed: Buffer
}

/** 密封内容 — under a fresh key, which belongs to this file's row and to nothing else. */
export async function sealContent(vault: Vault, fileId: string, plain: Buffer): Promise<SealedContent> {
  const suite = (await vault.keys.live(keyField.dataClass, 'seal'))[0]!.suite
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

function aboutKey(fileId: string): About {
  return aboutStored(sealedFiles, keyField, [fileId], Buffer.from(fileId.replaceAll('-', ''), 'hex'))
}
