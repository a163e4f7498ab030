import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseArgs } from 'node:util'
import { tellArgumentError } from './tell-argument-error.ts'

const options = { port: { type: 'string' }, json: { type: 'boolean' } } as const

for (const [args, sentence] of [
  [['--foo'], /^没有“--foo”这个选项。/],
  [['-x'], /^没有“-x”这个选项。/],
  [['--port'], /^“--port”后面缺少值。/],
  [['--port', '-1'], /^“--port”后面的值以减号开头/],
  [['--json=yes'], /^“--json”后面不能带值。/],
  [['surplus'], /^“surplus”是多出来的/],
] as const)
  test(`${args.join(' ')}: a Chinese sentence that names it`, () => {
    try {
      parseArgs({ args: [...args], options })
      assert.fail('was accepted')
    } catch (error) {
      const told = tellArgumentError(error as { code: string; message: string }, 'start')
      assert.match(told, sentence)
      assert.doesNotMatch(told, /Unknown|Unexpected|argument|missing/)
    }
  })
