import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import iconv from 'iconv-lite'

const cli = fileURLToPath(new URL('../cli.ts', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'kuoyou-forecast-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const header = 'unit,parent,year,G1,G2,G3'
const rows = ['东校,甲县', '西校,甲县', '南校,甲县'].flatMap((unit, at) =>
  [2015, 2016, 2017, 2018, 2019, 2020].map((year) => {
    const base = 60 + 25 * at - 2 * (year - 2015)
    return `${unit},${year},${base},${base + 1 + ((year * 7 + at) % 5)},${base - 1}`
  }),
)
const good = [header, ...rows].join('\n')

let runs = 0
function run(panel: string | Buffer, options: string[] = [], births?: string) {
  const at = join(folder, `panel-${++runs}.csv`)
  const out = join(folder, `out-${runs}.csv`)
  writeFileSync(at, panel)
  const more = births === undefined ? [] : ['--births', join(folder, `births-${runs}.csv`)]
  if (births !== undefined) writeFileSync(more[1]!, births)
  const args = ['forecast', at, '--as-of', '2019', '--horizons', '1,3', '--out', out, ...more, ...options]
  const done = spawnSync(process.execPath, [cli, ...args], { encoding: 'utf8' })
  return { ...done, out: existsSync(out) ? readFileSync(out, 'utf8') : undefined, path: out }
}

test('rows for every unit, grade and horizon, parents as the sum, TOTAL last, and a back-test on stderr', () => {
  const { status, out, stderr } = run(good)
  assert.equal(status, 0, stderr)
  const lines = out!.trim().split('\n')
  assert.equal(lines[0], 'unit,grade,year,horizon,mean,lo80,hi80,method')
  assert.equal(lines.length, 1 + 4 * 4 * 2)
  const mean = (unit: string, grade: string): number =>
    Number(lines.find((line) => line.startsWith(`${unit},${grade},2020,1,`))!.split(',')[4])
  assert.equal(mean('东校', 'G2') + mean('西校', 'G2') + mean('南校', 'G2'), mean('甲县', 'G2'))
  assert.equal(mean('甲县', 'G1') + mean('甲县', 'G2') + mean('甲县', 'G3'), mean('甲县', 'TOTAL'))
  assert.match(stderr, /GM\(1,1\)/)
})

test('shuffled rows, a cut or a spoilt future: the same bytes', () => {
  const told = run(good).out
  const shuffled = [header, ...rows.toSorted((a, b) => (a.slice(-3) < b.slice(-3) ? -1 : 1))].join('\r\n')
  assert.equal(run(shuffled).out, told)
  assert.equal(run([header, ...rows.filter((row) => !row.includes(',2020,'))].join('\n')).out, told)
  const spoilt = rows.map((row) =>
    row.includes(',2020,') ? `${row.split(',').slice(0, 3).join(',')},-5,坏,9e9` : row,
  )
  assert.equal(run([header, ...spoilt].join('\n')).out, told)
})

test('GB18030 and a byte-order mark read the same as plain UTF-8', () => {
  const told = run(good).out
  assert.equal(run(`\uFEFF${good}`).out, told)
  assert.equal(run(iconv.encode(good, 'gb18030')).out, told)
})

test('report and JSON carry the record by level and horizon', () => {
  const report = join(folder, 'report.json')
  const { status, stdout } = run(good, ['--report', report, '--json'])
  assert.equal(status, 0)
  const methods = new Set(
    JSON.parse(readFileSync(report, 'utf8')).backTest.map((row: { method: string }) => row.method),
  )
  assert.deepEqual([...methods], ['ours', 'naive', 'linear', 'progression', 'smoothing', 'gm11'])
  assert.equal(JSON.parse(stdout).rows.length, 32)
})

test('births of any unit are taken; later ones are not read', () => {
  const births = [2010, 2011, 2012, 2013, 2014, 2015, 2016, 2017].map((year) => `甲县,${year},300`)
  const told = run(good, [], ['unit,year,births', ...births].join('\n'))
  assert.equal(told.status, 0, told.stderr)
  assert.equal(run(good, [], ['unit,year,births', ...births, '甲县,2023,9'].join('\n')).out, told.out)
  assert.match(told.out!, /births/)
})

const change = (from: string, to: string): string => good.replace(from, to)
const faults: [string, string | Buffer, string[], string | undefined, RegExp][] = [
  ['a workbook', Buffer.from('PK\u0003\u0004xx'), [], undefined, /xlsx/],
  ['prose', '这不是表格\n第二行', [], undefined, /不是 csv/],
  ['an empty file', '', [], undefined, /空/],
  ['broken quotes', change('东校,甲县,2015', '"东校,甲县,2015'), [], undefined, /引号/],
  ['an unreadable encoding', Buffer.from([0xff, 0xfe, 0x61, 0x00]), [], undefined, /编码/],
  ['a missing column', good.replace('parent', 'above'), [], undefined, /第 1 行.*缺少列 parent/],
  ['no grades', 'unit,parent,year\n甲,,2019', [], undefined, /没有年级列/],
  ['a year in words', change(',2015,', ',二〇一五,'), [], undefined, /第 2 行.*年份/],
  ['a fractional year', change(',2015,', ',2015.5,'), [], undefined, /第 2 行.*年份/],
  ['a negative number', change(',2015,60', ',2015,-60'), [], undefined, /第 2 行.*负数 -60/],
  ['a word for a number', change(',2015,60', ',2015,六十'), [], undefined, /第 2 行.*“六十”不是数/],
  ['half a pupil', change(',2015,60', ',2015,3.5'), [], undefined, /第 2 行.*“3.5”带小数/],
  [
    'a number without bounds',
    change(',2015,60', ',2015,99999999999'),
    [],
    undefined,
    /第 2 行.*超过 30000000/,
  ],
  ['a unit-year twice', `${good}\n${rows[0]}`, [], undefined, /第 20 行.*第 2 行已出现/],
  ['a short row', `${good}\n丁校,甲县,2019,5`, [], undefined, /第 20 行.*4 格/],
  ['a circle of parents', `${good}\n甲县,东校,2019,1,1,1`, [], undefined, /成环/],
  ['no unit', `${good}\n,甲县,2019,1,1,1`, [], undefined, /第 20 行.*unit 是空的/],
  ['an as-of year without data', good, ['--as-of', '2024'], undefined, /2024 年没有数据.*2015—2020/],
  ['a horizon of 0', good, ['--horizons', '0,1'], undefined, /正整数/],
  ['a horizon in words', good, ['--horizons', 'two'], undefined, /正整数/],
  ['births of an unknown unit', good, [], 'unit,year,births\n乙县,2012,30', /第 2 行.*乙县.*不在面板里/],
  ['negative births', good, [], 'unit,year,births\n甲县,2012,-3', /第 2 行.*负数/],
  ['births without bounds', good, [], 'unit,year,births\n甲县,2012,99999999999', /第 2 行.*超过 30000000/],
  ['births without a column', good, [], 'unit,year,number\n甲县,2012,3', /缺少列 births/],
  ['an unknown option', good, ['--horizon', '1'], undefined, /horizon/],
]

for (const [name, panel, options, births, sentence] of faults) {
  test(`${name}: its own sentence, exit 2, nothing written`, () => {
    const { status, stderr, stdout, out } = run(panel, options, births)
    assert.equal(status, 2, stderr)
    assert.match(stderr, sentence)
    assert.equal(stdout, '')
    assert.equal(out, undefined)
  })
}

test('a place that cannot be written: said so, and the other file is not left behind', () => {
  const { status, stderr, out } = run(good, ['--report', join(folder, 'nowhere', 'report.json')])
  assert.equal(status, 2)
  assert.match(stderr, /写不进去/)
  assert.equal(out, undefined)
})

test('--help explains columns and options', () => {
  const { status, stdout } = spawnSync(process.execPath, [cli, 'forecast', '--help'], { encoding: 'utf8' })
  assert.equal(status, 0)
  assert.match(stdout, /unit,parent,year/)
})
