import assert from 'node:assert/strict'
import { createCipheriv, createHash, createHmac } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { suites } from './suites.ts'

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex')
const sm3 = (...parts: Buffer[]) => {
  const hash = createHash('sm3')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

test('SM3 gives the digests of GM/T 0004-2012, A.1 and A.2', () => {
  assert.deepEqual(
    sm3(Buffer.from('abc')),
    hex('66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0'),
  )
  assert.deepEqual(
    sm3(Buffer.from('abcd'.repeat(16))),
    hex('debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732'),
  )
})

const smKey = hex('0123456789abcdeffedcba9876543210')
const ecb = (key: Buffer, text: Buffer) => {
  const cipher = createCipheriv('sm4-ecb', key, null).setAutoPadding(false)
  return Buffer.concat([cipher.update(text), cipher.final()])
}

test('SM4 gives the ciphertexts of GM/T 0002-2012, A.1 and A.2 (a million rounds)', () => {
  assert.deepEqual(ecb(smKey, smKey), hex('681edf34d206965e86b3e94f536e4246'))
  const cipher = createCipheriv('sm4-ecb', smKey, null).setAutoPadding(false)
  let block: Buffer = smKey
  for (let round = 0; round < 1_000_000; round++) block = cipher.update(block)
  assert.deepEqual(block, hex('595298c7c6fd271f0402f804c33d3f66'))
})

test('SM4-CTR is SM4 of a counter, added to the text', () => {
  const iv = hex('000102030405060708090a0b0c0d0e0f')
  const text = hex('aaaaaaaaaaaaaaaa bbbbbbbbbbbbbbbb cccccccccccccccc dddddddddddddddd')
  const counted = Buffer.concat([ecb(smKey, iv), ecb(smKey, hex('000102030405060708090a0b0c0d0e10'))])
  const expected = text.map((byte, i) => byte ^ (counted[i] as number))
  const cipher = createCipheriv('sm4-ctr', smKey, iv)
  assert.deepEqual(Buffer.concat([cipher.update(text), cipher.final()]), Buffer.from(expected))
  assert.deepEqual(
    Buffer.from(expected),
    hex('ac3236cb970cc20791364c395a1342d1a3cbc1878c6f30cd074cce385cdd70c7'),
  )
})

test('HMAC-SM3 is the HMAC construction over SM3', () => {
  const key = Buffer.alloc(64)
  key.set(hex('0102030405060708090a0b0c0d0e0f10'))
  const text = Buffer.from('平顶山')
  const pad = (byte: number) => Buffer.from(key.map((each) => each ^ byte))
  const expected = sm3(pad(0x5c), sm3(pad(0x36), text))
  assert.deepEqual(createHmac('sm3', key.subarray(0, 16)).update(text).digest(), expected)
})

for (const suite of suites) {
  test(`${suite.name}: what was sealed opens, and only under its key, about its place, unchanged`, () => {
    const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length }).map(Buffer.from)
    fc.assert(
      fc.property(
        bytes(32),
        bytes(32),
        fc.uint8Array({ maxLength: 200 }).map(Buffer.from),
        fc.nat(),
        (key, other, plain, at) => {
          const about = Buffer.from('people.person.name')
          const sealed = suite.seal(key, plain, about)
          assert.deepEqual(suite.open(key, sealed, about), plain)
          assert.equal(suite.open(key, sealed, Buffer.from('people.person.nam')), undefined)
          if (!key.equals(other)) assert.equal(suite.open(other, sealed, about), undefined)
          const spoilt = Buffer.from(sealed)
          spoilt[at % spoilt.length]! ^= 1 << (at % 8)
          assert.equal(suite.open(key, spoilt, about), undefined)
          assert.equal(suite.open(key, sealed.subarray(1), about), undefined)
        },
      ),
    )
  })

  test(`${suite.name}: the same text is sealed differently each time, its digest is the same`, () => {
    const key = Buffer.alloc(32, 7)
    const text = Buffer.from('410402201501011234')
    assert.notDeepEqual(suite.seal(key, text, text), suite.seal(key, text, text))
    assert.deepEqual(suite.digest(key, text), suite.digest(key, text))
    assert.equal(suite.digest(key, text).length, 32)
    assert.notDeepEqual(suite.digest(Buffer.alloc(32, 8), text), suite.digest(key, text))
  })
}
