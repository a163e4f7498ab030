import type { Readable } from 'node:stream'
import yauzl, { type Entry, type ZipFile } from 'yauzl'
import { fileLimits } from '../files/file-limits.ts'
import { UnreadableFile } from './unreadable-file.ts'

/** 压缩包 — the parts of an XLSX file by their path, read one at a time. */
export interface Package {
  readonly paths: readonly string[]
  /** Streams one part; undefined when there is none of that path. */
  read(path: string): Promise<Readable | undefined>
}

/**
 * 打开压缩包 — looks at the central directory before anything is inflated.
 *
 * Refuses too many entries, too much content, a ratio no spreadsheet reaches, encrypted parts. A part
 * that inflates to more than its directory entry said breaks off while inflating (yauzl counts the
 * bytes), so a lying size gains nothing.
 */
export async function openPackage(bytes: Buffer): Promise<Package> {
  const zip = await yauzl.fromBufferPromise(bytes, { lazyEntries: true, autoClose: false }).catch(damaged)
  const entries = await listEntries(zip)
  refuseBomb(entries, bytes.length)
  const byPath = new Map(entries.map((entry) => [entry.fileName, entry]))
  return {
    paths: [...byPath.keys()],
    read: async (path) => {
      const entry = byPath.get(path)
      return entry && (await zip.openReadStreamPromise(entry).catch(damaged))
    },
  }
}

async function listEntries(zip: ZipFile): Promise<Entry[]> {
  if (zip.entryCount > fileLimits.parts) throw tooManyEntries(zip.entryCount)
  const entries: Entry[] = []
  await new Promise<void>((resolve, reject) => {
    zip.on('entry', (entry: Entry) => {
      entries.push(entry)
      if (entries.length > fileLimits.parts) reject(tooManyEntries(entries.length))
      else zip.readEntry()
    })
    zip.on('end', resolve)
    zip.on('error', reject)
    zip.readEntry()
  }).catch(damaged)
  return entries
}

function refuseBomb(entries: readonly Entry[], packedBytes: number): void {
  if (entries.some((entry) => entry.isEncrypted()))
    throw new UnreadableFile(
      'file.password',
      '压缩包加了密码—平台打不开—请在表格软件里取消密码后另存，再上传。',
    )
  const inflated = entries.reduce((sum, entry) => sum + entry.uncompressedSize, 0)
  if (inflated > fileLimits.inflatedBytes || inflated > packedBytes * fileLimits.ratio) {
    const megabytes = Math.round(inflated / 1024 / 1024)
    throw new UnreadableFile(
      'file.zip-bomb',
      `解压后有 ${megabytes} MB，是压缩前的 ${Math.round(inflated / packedBytes)} 倍—正常表格不会这样，平台不展开它—请新建一个空白工作簿，只把数据“粘贴为数值”进去再上传。`,
    )
  }
}

function tooManyEntries(count: number): UnreadableFile {
  return new UnreadableFile(
    'file.too-many-parts',
    `文件里有 ${count} 个部件，超过 ${fileLimits.parts} 个—正常表格不会这样—请新建一个空白工作簿，只把数据“粘贴为数值”进去再上传。`,
  )
}

/** 文件损坏 — the one answer when the file's own structure does not hold together. */
export function damaged(cause: unknown): never {
  if (cause instanceof UnreadableFile || isOurFault(cause)) throw cause
  throw new UnreadableFile(
    'file.damaged',
    '文件不完整或已损坏—可能没有传完，或另存时出错—请在表格软件里打开确认无误，另存为 .xlsx 后重新上传。',
    { cause },
  )
}

/** The language's own errors are mistakes of ours, not of the file; those of the decoder carry a code. */
function isOurFault(cause: unknown): boolean {
  const language =
    cause instanceof TypeError || cause instanceof RangeError || cause instanceof ReferenceError
  return language && !('code' in cause)
}
