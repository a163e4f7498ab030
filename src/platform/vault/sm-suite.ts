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
    const cipher = createCipheriv('sm4-ctr', cipherKey(key), iv)
    const body = Buffer.concat([cipher.update(plain), cipher.final()])
    return Buffer.concat([iv, body, tagOf(key, about, iv, body)])
  },
  open(key, sealed, about) {
    if (sealed.length < ivBytes + tagBytes) return undefined
    const iv = sealed.subarray(0, ivBytes)
    const body = sealed.subarray(ivBytes, -tagBytes)
    if (!timingSafeEqual(tagOf(key, about, iv, body), sealed.subarray(-tagBytes))) return undefined
    const decipher = createDecipheriv('sm4-ctr', cipherKey(key), iv)
    return Buffer.concat([decipher.update(body), decipher.final()])
  },
  digest: (key, text) => createHmac('sm3', key).update(text).digest(),
}

function cipherKey(key: Buffer): Buffer {
  return createHmac('sm3', key).update('sm4').digest().subarray(0, 16)
}

/** The length before `about` keeps its end apart from the IV. */
function tagOf(key: Buffer, about: Buffer, iv: Buffer, body: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(about.length)
  const macKey = createHmac('sm3', key).update('mac').digest()
  return createHmac('sm3', macKey).update(length).update(about).update(iv).update(body).digest()
}
