/** 金样姓名 — as somebody types it, and as it must stand everywhere. */
export interface GoldenName {
  readonly typed: string
  readonly kept: string
  readonly group: string
}

/** First and last assigned character of each block of Han (Unicode 15.1: 扩展 I is the latest). */
export const hanBlocks: Readonly<Record<string, readonly [first: number, last: number]>> = {
  基本区: [0x4e00, 0x9fff],
  扩展A: [0x3400, 0x4dbf],
  扩展B: [0x20000, 0x2a6df],
  扩展C: [0x2a700, 0x2b739],
  扩展D: [0x2b740, 0x2b81d],
  扩展E: [0x2b820, 0x2cea1],
  扩展F: [0x2ceb0, 0x2ebe0],
  扩展G: [0x30000, 0x3134a],
  扩展H: [0x31350, 0x323af],
  扩展I: [0x2ebf0, 0x2ee5d],
}

/** Characters whose place changed in GB 18030-2022: before, they stood in the private area. */
const moved = [0x9fb4, 0x9fb5, 0x9fb6, 0x9fb7, 0x9fb8, 0x9fb9, 0x9fba, 0x9fbb]

/** Rare characters seen in real names and places. */
const seen = [...'䶮㛃㙍㵑㼆䲟𠅤𠙶𡋾𢘙𣈶𣲗𤩽𥖁𦈡𦒍𦝼𧿹𨱏𨺙𩽾𪤗𪨰𪩘𫄨𫍣𫍯𫖮𫖯𫘦𫚭𫠊𬀩𬇕𬎆𬘡𬘭𬜬𬱖𬴊']

const dots = ['·', '•', '・', '‧', '∙', '⋅', '･', '．', '.', '●', '﹒', '᛫']
const parted = ['买买提X艾力', '古丽XX巴哈尔'.replace('XX', 'X'), '阿卜杜拉X买买提X吐尔逊']

function point(code: number): string {
  return String.fromCodePoint(code)
}

/** So many characters of a block, evenly spread, its first and last among them. */
function spread([first, last]: readonly [number, number], count: number): string[] {
  return Array.from({ length: count }, (_, i) =>
    point(Math.round(first + ((last - first) * i) / (count - 1))),
  )
}

const whole = (group: string, name: string): GoldenName => ({ typed: name, kept: name, group })

/** Long names of characters from all blocks in turn. */
function long(length: number, from: number): string {
  const blocks = Object.values(hanBlocks)
  return Array.from({ length }, (_, i) => {
    const [first, last] = blocks[(i + from) % blocks.length]!
    return point(first + ((i * 7919 + from * 104_729) % (last - first + 1)))
  }).join('')
}

/** 二百个金样姓名. */
export const goldenNames: readonly GoldenName[] = [
  ...Object.entries(hanBlocks).flatMap(([block, range]) =>
    spread(range, 10).map((sign) => whole(block, `王${sign}明`)),
  ),
  ...moved.map((code) => whole('2022 年改码', `李${point(code)}`)),
  ...seen.map((sign) => whole('见于人名地名', `张${sign}`)),
  ...dots.flatMap((dot) =>
    parted.map((name) => ({
      typed: name.replaceAll('X', dot),
      kept: name.replaceAll('X', '\u00b7'),
      group: '间隔号',
    })),
  ),
  ...[0, 1, 2, 3, 4].map((n) => whole('15 字', long(15, n))),
  ...[5, 6, 7, 8, 9].map((n) => whole('25 字', long(25, n))),
  ...[10, 11, 12, 13, 14, 15].map((n) => whole('50 字', long(50, n))),
]
