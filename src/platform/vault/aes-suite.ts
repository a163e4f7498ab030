import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
import type { Suite } from './suite.ts'

const nonceBytes = 12
const tagBytes = 16

/** AES 套件 — AES-256-GCM, blind index HMAC-SHA256. Layout: nonce, ciphertext, tag. */
export const aesSuite: Suite = {
  name: 'A256GCM',
  code: 1,
  seal(key, plain, about) {
    const nonce = randomBytes(nonceBytes)
    const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(about)
    return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
  },
  open(key, sealed, about) {
    if (sealed.length < nonceBytes + tagBytes) return undefined
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceBytes), {
      authTagLength: tagBytes,
    })
    decipher.setAAD(about).setAuthTag(sealed.subarray(-tagBytes))
    const plain = decipher.update(sealed.subarray(nonceBytes, -tagBytes))
    try {
      return Buffer.concat([plain, decipher.final()])
    } catch {
      return undefined
    }
  },
  digest: (key, text) => createHmac('sha256', key).update(text).digest(),
}
