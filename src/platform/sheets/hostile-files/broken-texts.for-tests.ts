import iconv from 'iconv-lite'
import type { HostileFile } from './hostile-file.for-tests.ts'

/** Text that is not what it seems. */
export const brokenTexts: readonly HostileFile[] = [
  {
    name: 'UTF-8 with a broken place',
    bytes: Buffer.concat([
      Buffer.from('学年,班数\n二零二四,1\n叶'),
      Buffer.from([0xc4, 0xe3]),
      Buffer.from(',2\n'),
    ]),
    code: 'file.mixed-encoding',
    words: /第 3 行/,
  },
  {
    name: 'bytes of no encoding',
    bytes: Buffer.from([0x61, 0x2c, 0x0a, 0xff, 0xff, 0x0a]),
    code: 'file.encoding',
    words: /第 2 行/,
  },
  {
    name: 'twenty megabytes of no encoding',
    bytes: Buffer.concat([iconv.encode('学年,班数\n', 'gb18030'), Buffer.alloc(20_000_000, 0xff)]),
    code: 'file.encoding',
    words: /第 2 行/,
  },
  {
    name: 'characters lost before',
    bytes: Buffer.from('学年,班数\n\ufffd,1\n'),
    code: 'file.lost-characters',
    words: /第 2 行/,
  },
  {
    name: 'a zero byte',
    bytes: Buffer.from('学年,班数\n2024\0,1\n'),
    code: 'file.lost-characters',
    words: /第 2 行/,
  },
  {
    name: 'a quote that never closes',
    bytes: Buffer.from('学年,班数\n"2024,1\n二,2\n'),
    code: 'file.csv-quotes',
    words: /引号/,
  },
  {
    name: 'UTF-16 that breaks off',
    bytes: Buffer.from('\ufeff学年,班数\n2024,1', 'utf16le').subarray(0, -1),
    code: 'file.encoding',
    words: /第 2 行/,
  },
  {
    name: 'UTF-16 as spreadsheets save it',
    bytes: Buffer.from('\ufeff学年\t班数\n2024\t1\n', 'utf16le'),
    read: true,
  },
  { name: 'GB18030', bytes: iconv.encode('学年,班数\n二〇二四,1\n', 'gb18030'), read: true },
]
