/**
 * 主密钥保管 — whoever holds the master key: a key file, or a 密码机 or KMS behind the same two acts.
 *
 * `about` names the key that is wrapped; it must come back with the same name.
 */
export interface KeyKeeper {
  /** Which master key wraps now, e.g. its short name; stored beside each wrapped key. */
  readonly current: string
  wrap(key: Buffer, about: string): Promise<Buffer>
  /** Undefined when this keeper does not hold the master key `by`, or the wrapped key was changed. */
  unwrap(wrapped: Buffer, about: string, by: string): Promise<Buffer | undefined>
}
