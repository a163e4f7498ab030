import { createReadStream } from 'node:fs'
import { chown, mkdir, open, readdir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Fault } from '../../kernel/fault.ts'

/** One line of JSON before each file's bytes. */
interface Entry {
  readonly path: string
  /** Absent for a folder. */
  readonly bytes?: number
}

/**
 * 打包目录 — folders and files below `folder` as one stream, while they may be changing.
 *
 * A file is taken as long as it was when opened, filled up with zeros if it is cut off meanwhile; one that vanishes is left out. That
 * is enough for a database that replays its log over the copy, and for nothing else.
 */
export async function* packFolder(
  folder: string,
  isLeftOut: (path: string) => boolean,
): AsyncGenerator<Buffer> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name).slice(folder.length + 1)
    if (isLeftOut(path)) continue
    if (entry.isDirectory()) yield headOf({ path })
    else if (entry.isFile()) yield* packFile(folder, path)
  }
}

async function* packFile(folder: string, path: string): AsyncGenerator<Buffer> {
  const found = await stat(join(folder, path)).catch(ignoringGone)
  if (!found) return
  const { size } = found
  let sent = 0
  const content = size === 0 ? [] : createReadStream(join(folder, path), { end: size - 1 })
  yield headOf({ path, bytes: size })
  try {
    for await (const chunk of content) {
      sent += (chunk as Buffer).length
      yield chunk as Buffer
    }
  } catch (error) {
    ignoringGone(error as NodeJS.ErrnoException)
  }
  while (sent < size) {
    const zeros = Buffer.alloc(Math.min(size - sent, 1 << 20))
    sent += zeros.length
    yield zeros
  }
}

function ignoringGone(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}

function headOf(entry: Entry): Buffer {
  return Buffer.from(`${JSON.stringify(entry)}\n`)
}

/** 还原目录 — lays down under `folder` what `packFolder` made, owned by `owner` where one is given. */
export async function unpackFolder(
  stream: AsyncIterable<Buffer>,
  folder: string,
  owner: number | undefined,
): Promise<void> {
  const own = async (path: string) => {
    if (owner !== undefined) await chown(path, owner, owner)
  }
  const makeFolder = async (path: string) => {
    const made = await mkdir(path, { recursive: true, mode: 0o700 })
    if (made) await own(path)
  }
  await makeFolder(folder)
  const reader = new PackReader(stream)
  for (let line = await reader.line(); line !== undefined; line = await reader.line()) {
    const { path, bytes } = JSON.parse(line) as Entry
    if (path.split('/').includes('..')) throw new Fault(`底本里的文件名 ${path} 不合规矩，未予恢复。`)
    const place = join(folder, path)
    if (bytes === undefined) {
      await makeFolder(place)
      continue
    }
    await makeFolder(dirname(place))
    const file = await open(place, 'wx', 0o600)
    try {
      for await (const chunk of reader.bytes(bytes)) await file.writeFile(chunk)
    } finally {
      await file.close()
    }
    await own(place)
  }
}

/** Takes lines and counted bytes out of a stream, wherever its chunks happen to end. */
class PackReader {
  readonly #chunks: AsyncIterator<Buffer>
  #held: Buffer = Buffer.alloc(0)

  constructor(stream: AsyncIterable<Buffer>) {
    this.#chunks = stream[Symbol.asyncIterator]()
  }

  /** Undefined at the end. */
  async line(): Promise<string | undefined> {
    for (;;) {
      const end = this.#held.indexOf(10)
      if (end >= 0) {
        const text = this.#held.subarray(0, end).toString('utf8')
        this.#held = this.#held.subarray(end + 1)
        return text
      }
      const next = await this.#chunks.next()
      if (next.done) return undefined
      this.#held = Buffer.concat([this.#held, next.value])
    }
  }

  async *bytes(count: number): AsyncGenerator<Buffer> {
    for (let left = count; left > 0; ) {
      if (this.#held.length === 0) {
        const next = await this.#chunks.next()
        if (next.done) throw new Fault('底本在中间断了，未予恢复。请换一份底本。')
        this.#held = next.value
      }
      const piece = this.#held.subarray(0, left)
      this.#held = this.#held.subarray(piece.length)
      left -= piece.length
      yield piece
    }
  }
}
