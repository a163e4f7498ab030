import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { root } from './data-folder.ts'

const folder = mkdtempSync(join(tmpdir(), 'kuoyou-cli-'))
after(() => rmSync(folder, { recursive: true, force: true }))

function kuoyou(...args: string[]) {
  const { DATABASE_URL: _, ...env } = process.env
  return spawnSync(process.execPath, [join(root, 'src/app/cli.ts'), ...args], { encoding: 'utf8', env })
}

for (const args of [
  ['start', '--plan', 'nope'],
  ['start', '--size', 'town'],
  ['start', '--bogus'],
])
  test(`${args.join(' ')}: one sentence, exit code 2, and no database is made`, () => {
    const { status, stderr } = kuoyou(...args, '--data', join(folder, 'new'))
    assert.equal(status, 2)
    assert.match(stderr, /^没有“|^演示城市大小/)
    assert.equal(stderr.trim().split('\n').length, 1)
    assert.deepEqual(readdirSync(folder), [])
  })

test('a single command on a mistyped data folder says so and makes nothing there', () => {
  const typo = join(folder, 'typo')
  for (const args of [
    ['export', 'births', '--out', join(folder, 'b.xlsx')],
    ['seats', '--county', '410422', '--stage', 'primary', '--from', '2024', '--to', '2026'],
  ]) {
    const { status, stderr } = kuoyou(...args, '--data', typo)
    assert.equal(status, 1)
    assert.match(stderr, /typo 里还没有建库。请核对 --data/)
  }
  assert.match(kuoyou('doctor', '--data', typo).stdout, /不通过 {2}数据库：.*还没有建库/)
  assert.ok(!existsSync(typo))
})
