import { crc32, deflateRawSync } from 'node:zlib'

/** A package keeps no clock: 1980-01-01, the first day its format can say. */
const day = 0x0021
const utf8Names = 0x0800
const deflated = 8
const version = 20

/** 写压缩包 — parts by their path, in the order given; the same parts give the same bytes. */
export function writeZip(parts: readonly (readonly [path: string, content: string])[]): Buffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const [path, content] of parts) {
    const name = Buffer.from(path)
    const bytes = Buffer.from(content)
    const packed = deflateRawSync(bytes, { level: 9 })
    const about = aboutPart(crc32(bytes), packed.length, bytes.length, name.length)
    locals.push(words32(0x04034b50), about, words16(0), name, packed)
    directory.push(words32(0x02014b50), words16(version), about, words16(0, 0, 0, 0), words32(0, at), name)
    at += 30 + name.length + packed.length
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0)
  const end = [words32(0x06054b50), words16(0, 0, parts.length, parts.length), words32(size, at), words16(0)]
  return Buffer.concat([...locals, ...directory, ...end])
}

function aboutPart(crc: number, packed: number, size: number, name: number): Buffer {
  return Buffer.concat([
    words16(version, utf8Names, deflated, 0, day),
    words32(crc, packed, size),
    words16(name),
  ])
}

function words16(...values: number[]): Buffer {
  const bytes = Buffer.alloc(2 * values.length)
  values.forEach((value, index) => {
    bytes.writeUInt16LE(value, 2 * index)
  })
  return bytes
}

function words32(...values: number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length)
  values.forEach((value, index) => {
    bytes.writeUInt32LE(value, 4 * index)
  })
  return bytes
}
