import { randomBytes } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { constants, createZstdCompress, createZstdDecompress } from 'node:zlib'
import { Fault } from '../../kernel/fault.ts'
import type { BackupKey } from './backup-key.ts'
import { checkedFrames, encryptedFrames, type FrameSeal, frameBytes, sealedLength } from './sealed-frame.ts'

const magic = 'KUOYOU-BACKUP 1 '

interface Header {
  readonly cipher: 'aes-256-gcm' | 'none'
  readonly salt: string
  readonly keyMark?: string
}

/** 写封装文件 — compresses, seals and writes a stream; on return the bytes are on the disk. */
export async function writeSealedFile(
  path: string,
  content: AsyncIterable<Buffer> | Iterable<Buffer>,
  key: BackupKey | undefined,
): Promise<void> {
  const salt = randomBytes(16)
  const header: Header = {
    cipher: key ? 'aes-256-gcm' : 'none',
    salt: salt.toString('hex'),
    ...(key && { keyMark: key.mark }),
  }
  const frames = key ? encryptedFrames(key.forFile(salt)) : checkedFrames()
  await pipeline(
    Readable.from(content),
    createZstdCompress({ params: { [constants.ZSTD_c_compressionLevel]: 3 } }),
    (compressed: AsyncIterable<Buffer>) => sealed(header, frames, compressed),
    createWriteStream(path, { mode: 0o600, flush: true }),
  )
}

async function* sealed(
  header: Header,
  frames: FrameSeal,
  source: AsyncIterable<Buffer>,
): AsyncGenerator<Buffer> {
  yield Buffer.from(`${magic}${JSON.stringify(header)}\n`)
  let waiting: Buffer = Buffer.alloc(0)
  for await (const chunk of source) {
    waiting = waiting.length === 0 ? chunk : Buffer.concat([waiting, chunk])
    while (waiting.length > frameBytes) {
      yield frame(frames, waiting.subarray(0, frameBytes), false)
      waiting = waiting.subarray(frameBytes)
    }
  }
  yield frame(frames, waiting, true)
}

/** Length (31 bits) and whether this is the last piece (1 bit), then the sealed piece. */
function frame(frames: FrameSeal, piece: Buffer, last: boolean): Buffer {
  const head = Buffer.alloc(4)
  head.writeUInt32BE(((last ? 0x80000000 : 0) + piece.length) >>> 0)
  return Buffer.concat([head, frames.seal(piece, last)])
}

/**
 * 读封装文件 — the content as written.
 *
 * Throws a sentence of its own for: no backup file at all, a key missing or wrong, and damage anywhere
 * (a bit changed, the end cut off, something added).
 */
export function readSealedFile(path: string, key: BackupKey | undefined): Readable {
  const content = createZstdDecompress()
  // A failure reaches whoever reads `content`: the pipeline ends it with the error.
  pipeline(Readable.from(opened(path, readable(path), key)), content).catch(() => {})
  return content
}

async function* readable(path: string): AsyncGenerator<Buffer> {
  try {
    yield* createReadStream(path, { highWaterMark: frameBytes })
  } catch (error) {
    throw new Fault(
      `备份文件 ${path} 读不出来（${(error as NodeJS.ErrnoException).code}）。请检查磁盘，或换一份备份。`,
      { cause: error },
    )
  }
}

async function* opened(
  path: string,
  source: AsyncIterable<Buffer>,
  key: BackupKey | undefined,
): AsyncGenerator<Buffer> {
  let frames: FrameSeal | undefined
  let waiting: Buffer = Buffer.alloc(0)
  let ended = false
  for await (const chunk of source) {
    waiting = waiting.length === 0 ? chunk : Buffer.concat([waiting, chunk])
    if (!frames) {
      const end = waiting.indexOf(10)
      if (end < 0 && waiting.length < 1_024) continue
      frames = framesOf(path, waiting.subarray(0, Math.max(end, 0)).toString('utf8'), key)
      waiting = waiting.subarray(end + 1)
    }
    for (;;) {
      const taken = takeFrame(waiting)
      if (!taken) break
      const piece = ended ? undefined : frames.open(taken.sealed, taken.last)
      if (!piece) throw damaged(path)
      ended = taken.last
      waiting = taken.rest
      yield piece
    }
  }
  if (!ended || waiting.length > 0) throw damaged(path)
}

function takeFrame(waiting: Buffer): { sealed: Buffer; last: boolean; rest: Buffer } | undefined {
  if (waiting.length < 4) return undefined
  const head = waiting.readUInt32BE()
  const length = sealedLength(head & 0x7fffffff)
  if (length > sealedLength(frameBytes)) return { sealed: Buffer.alloc(16), last: false, rest: waiting }
  if (waiting.length < 4 + length) return undefined
  return {
    sealed: waiting.subarray(4, 4 + length),
    last: head >= 0x80000000,
    rest: waiting.subarray(4 + length),
  }
}

function framesOf(path: string, line: string, key: BackupKey | undefined): FrameSeal {
  let header: Header
  try {
    if (!line.startsWith(magic)) throw new Error('no backup')
    header = JSON.parse(line.slice(magic.length)) as Header
  } catch {
    throw new Fault(`${path} 不是扩优的备份文件，或开头已损坏，或来自更新的版本。请核对路径，或换一份备份。`)
  }
  if (header.cipher === 'none') return checkedFrames()
  if (!key) throw new Fault('这份备份是加密的，没有密钥打不开。请用 --key 指明做备份时用的密钥文件。')
  if (key.mark !== header.keyMark)
    throw new Fault(
      `密钥不对：这份备份是用另一把密钥（标记 ${header.keyMark}）做的，您给的密钥标记是 ${key.mark}。请换用做备份时的密钥文件。`,
    )
  return encryptedFrames(key.forFile(Buffer.from(header.salt, 'hex')))
}

function damaged(path: string): Fault {
  return new Fault(
    `备份文件 ${path} 已损坏或不完整：内容与写入时的校验值不符，未予恢复。请换一份备份，并检查存放备份的磁盘。`,
  )
}
