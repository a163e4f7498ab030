import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { keyProgram, smallKms } from './key-command.for-tests.ts'
import { openKeyCommand } from './key-command.ts'

const folder = mkdtempSync(join(tmpdir(), 'kuoyou-kms-'))
after(() => rmSync(folder, { recursive: true }))
const key = Buffer.alloc(32, 7)

const program = (name: string, body: string) => keyProgram(folder, name, body)

test('a key wrapped by the program comes back under its own name alone, also when the program has gone away', async () => {
  const keeper = await openKeyCommand(program('kms', smallKms))
  assert.equal(keeper.current, 'kms-1')
  const wrapped = await keeper.wrap(key, 'C3/seal/1')
  assert.ok(!wrapped.includes(key))
  assert.deepEqual(await keeper.unwrap(wrapped, 'C3/seal/1', 'kms-1'), key)
  assert.equal(await keeper.unwrap(wrapped, 'C4/seal/1', 'kms-1'), undefined)
  assert.equal(await keeper.unwrap(wrapped, 'C3/seal/1', 'kms-0'), undefined)
  const spoilt = Buffer.from(wrapped)
  spoilt[40]! ^= 1
  assert.equal(await keeper.unwrap(spoilt, 'C3/seal/1', 'kms-1'), undefined)
  // Away from now on: what was opened stays open, nothing else opens.
  program('kms', 'process.exit(9)')
  assert.deepEqual(await keeper.unwrap(wrapped, 'C3/seal/1', 'kms-1'), key)
  await assert.rejects(keeper.unwrap(wrapped, 'C3/seal/2', 'kms-1'), /以退出码 9 结束/)
  await assert.rejects(keeper.wrap(key, 'C3/seal/2'), /以退出码 9 结束/)
})

test('a program that is not there, slow, silent or talks nonsense is a fault in a sentence, without what it was told', async () => {
  for (const [command, words, timeoutMs] of [
    [join(folder, 'nowhere'), /启动不了（ENOENT）/, undefined],
    [program('slow', 'setTimeout(() => {}, 60_000)'), /0.5 秒内没有回答/, 500],
    [program('silent', ''), /不是一行 JSON/, undefined],
    [program('nonsense', "process.stdout.write('<html>503</html>')"), /不是一行 JSON/, undefined],
    [program('list', 'say([1])'), /不是一行 JSON/, undefined],
    [program('nameless', 'say({ by: 7 })'), /回答里没有 by/, undefined],
    [
      program('endless', "process.stdout.write('x'.repeat(200_000)); setTimeout(() => {}, 60_000)"),
      /回答太长/,
      undefined,
    ],
  ] as const) {
    await assert.rejects(openKeyCommand(command, timeoutMs), (error: Error) => {
      assert.match(error.message, words)
      assert.match(error.message, /KUOYOU_KEY_COMMAND/)
      return true
    })
  }
})

test('a program that hands the key back unwrapped is not believed', async () => {
  const keeper = await openKeyCommand(
    program('honest', "say(q.act === 'name' ? { by: 'x' } : { by: 'x', wrapped: q.plain })"),
  )
  await assert.rejects(keeper.wrap(key, 'C3/seal/1'), /把密钥原样送了回来/)
})
