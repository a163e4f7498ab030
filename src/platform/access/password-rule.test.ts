import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { hashPassword, passwordMatches } from './password.ts'
import { passwordProblem } from './password-rule.ts'
import { refusals } from './refusals.ts'

const owner = { account: 'wang.li', name: '王丽' }
const judge = (password: string, profile?: 'asvs' | 'djbh') => passwordProblem(password, owner, profile)

test('twelve characters, counted as people count them', () => {
  assert.equal(judge('elevenchars'), 'access.password-short')
  assert.equal(judge('竹影扫阶尘不动月轮穿'), 'access.password-short')
  assert.equal(judge('竹影扫阶尘不动月轮穿沼水'), undefined)
  assert.equal(judge('𠮷𠮷林间竹影扫阶'), 'access.password-short', '10 characters in 12 code units')
})

test('leaked passwords, and leaked ones made longer', () => {
  for (const leaked of [
    '1qaz2wsx3edc',
    'Administrator',
    'password1234!',
    '!!!Dragon20241118',
    'qwertyqwerty',
    'aaaaaaaaaaaa',
    'abcabcabcabc1',
    '202411182024',
  ])
    assert.equal(judge(leaked), 'access.password-leaked', leaked)
  for (const good of ['plum river lantern', 'Kf83-mQz0-pWx2', '我家门前有两棵枣树一高一低'])
    assert.equal(judge(good), undefined, good)
})

test('one’s own account and name may not stand in it', () => {
  assert.equal(judge('xx Wang.Li 98 zz'), 'access.password-names')
  assert.equal(judge('平顶山王丽的密码本在抽屉'), 'access.password-names')
})

test('only the djbh profile asks for kinds of characters', () => {
  assert.equal(judge('plum river lantern', 'djbh'), 'access.password-plain')
  assert.equal(judge('Plum river lantern', 'djbh'), undefined)
})

test('a hash fits its password only, and tells its cost', async () => {
  const hash = await hashPassword('plum river lantern')
  assert.match(hash, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  assert.equal(await passwordMatches('plum river lantern', hash), true)
  assert.equal(await passwordMatches('plum river lanterns', hash), false)
  assert.equal(await passwordMatches('anything', 'not a hash'), false)
})

test('every code refused with has a sentence, and every sentence is used', () => {
  const texts = readdirSync(import.meta.dirname)
    .filter((file) => file.endsWith('.ts') && !file.includes('.test.') && file !== 'refusals.ts')
    .map((file) => readFileSync(join(import.meta.dirname, file), 'utf8'))
    .join('\n')
  const used = new Set([...texts.matchAll(/(?<!secretColumn\()'(access\.[a-z-]+)'/g)].map(([, code]) => code))
  assert.deepEqual(
    [...used].filter((code) => !((code as string) in refusals)),
    [],
  )
  assert.deepEqual(
    Object.keys(refusals).filter((code) => !used.has(code)),
    [],
  )
})
