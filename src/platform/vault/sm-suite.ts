import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Suite } from './suite.ts'

const ivBytes = 16
const tagBytes = 32

/**
 * 国密套件 — SM4-CTR, then HMAC-SM3 over what it was about, the IV and the ciphertext; blind index HMAC-SM3.
 *
 * The library offers no SM4-GCM, hence encrypt-then-MAC. Both keys are derived from the one given.
 * Layout: IV, ciphertext, tag.
 */
export const smSuite: Suite = {
  name: 'SM4-CTR-HMAC-SM3',
  code: 2,
  seal(key, plain, about) {
    const iv = randomBytes(ivBytes)
    const cipher = createCipheriv('sm4-ctr', derived(key).cipher, iv)
    const body = Buffer.concat([cipher.update(plain), cipher.final()])
    return Buffer.concat([iv, body, tagOf(key, about, iv, body)])
  },
  open(key, sealed, about) {
    if (sealed.length < ivBytes + tagBytes) return undefined
    const iv = sealed.subarray(0, ivBytes)
    const body = sealed.subarray(ivBytes, -tagBytes)
    if (!timingSafeEqual(tagOf(key, about, iv, body), sealed.subarray(-tagBytes))) return undefined
    const decipher = createDecipheriv('sm4-ctr', derived(key).cipher, iv)
    return Buffer.concat([decipher.update(body), decipher.final()])
  },
  digest: (key, text) => createHmac('sm3', key).update(text).digest(),
}

const derivedKeys = new WeakMap<Buffer, { readonly cipher: Buffer; readonly mac: Buffer }>()

function derived(key: Buffer): { readonly cipher: Buffer; readonly mac: Buffer } {
  const known = derivedKeys.get(key)
  if (known) return known
  const of = (use: string) => createHmac('sm3', key).update(use).digest()
  const made = { cipher: of('sm4').subarray(0, 16), mac: of('mac') }
  derivedKeys.set(key, made)
  return made
}

/** The length before `about` keeps its end apart from the IV. */
function tagOf(key: Buffer, about: Buffer, iv: Buffer, body: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(about.length)
  return createHmac('sm3', derived(key).mac).update(length).update(about).update(iv).update(body).digest()
}
