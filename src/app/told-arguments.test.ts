import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toldArguments } from './told-arguments.ts'

const told = (line: string) => toldArguments(line.split(' ')).join(' ')

test('what is asked for, options, codes, days and numbers are told; paths, names, keys and free words are not', () => {
  for (const [typed, seen] of [
    ['rotate --master --data /srv/kuoyou', 'rotate --master --data …'],
    ['学校 张三.xlsx --doc 平教〔2026〕1号 --county 410422', '学校 … --doc … --county 410422'],
    ['run --day 2026-09-01', 'run --day 2026-09-01'],
    ['--account lili --clear-factors', '--account … --clear-factors'],
    ['--account=lili --key=abc --keep=7', '--account=… --key=… --keep=7'],
    ['--until 13800138000 --reason abc', '--until … --reason …'],
    [`--key ${'ab'.repeat(20)} --to db/0001-scope`, '--key … --to …'],
    ['/backups/kuoyou-1 --odd选项', '… …'],
  ] as const)
    assert.equal(told(typed), seen)
  assert.equal(toldArguments(Array(100).fill('x')).length, 40)
})
