import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { readProviders } from './read-providers.ts'

const folder = mkdtempSync(join(tmpdir(), 'kuoyou-sso-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const written = (text: string) => {
  const file = join(folder, 'sso.json')
  writeFileSync(file, text)
  return file
}
const guide = readFileSync(new URL('../../../../docs/guides/single-sign-on.md', import.meta.url), 'utf8')
const example = /```json\n([\s\S]*?)```/.exec(guide)?.[1] as string
const secrets = { SSO_CITY_SECRET: 'a', SSO_BUREAU_SECRET: 'b', SSO_PROVINCE_SECRET: 'c' }

test('the example of the guide is read as it stands', () => {
  const providers = readProviders(written(example), secrets)
  assert.deepEqual(
    providers.map(({ id, match, secondFactor }) => [id, match, secondFactor]),
    [
      ['city', 'external-id', true],
      ['bureau', 'external-id', false],
      ['province', 'external-id', false],
    ],
  )
  assert.deepEqual(readProviders(undefined, {}), [])
})

test('a mistake is named: a kind there is not, a secret in the file, no JSON', () => {
  const broken = (change: (entries: Record<string, unknown>[]) => void) => {
    const entries = JSON.parse(example)
    change(entries)
    return () => readProviders(written(JSON.stringify(entries)), secrets)
  }
  assert.throws(
    broken(([first]) => Object.assign(first as object, { kind: 'saml' })),
    /统一认证设置 .*不对/,
  )
  assert.throws(
    broken(([first]) => Object.assign(first as object, { clientSecretFrom: 'not a name' })),
    /不对/,
  )
  assert.throws(() => readProviders(written('{'), secrets), /统一认证设置 .*不是 JSON/)
  assert.throws(() => readProviders(join(folder, 'nowhere.json'), secrets), /读不到统一认证设置/)
})
