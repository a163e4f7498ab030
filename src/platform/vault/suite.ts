/**
 * 密码套件 — one way of sealing a value and of making its blind index; every key is 32 random bytes.
 *
 * `about` is bound to the sealed value: moved to another row or column it no longer opens.
 */
export interface Suite {
  /** As stored beside each key and in the second byte of each sealed value. */
  readonly name: 'A256GCM' | 'SM4-CTR-HMAC-SM3'
  readonly code: number
  seal(key: Buffer, plain: Buffer, about: Buffer): Buffer
  /** Undefined when the key is wrong or a bit was changed. */
  open(key: Buffer, sealed: Buffer, about: Buffer): Buffer | undefined
  /** Keyed digest: equal values give equal bytes, nothing else can be read from them. */
  digest(key: Buffer, text: Buffer): Buffer
}
