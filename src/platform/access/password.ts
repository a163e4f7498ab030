import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { promisify } from 'node:util'
import { openSlots } from '../db/slots.ts'

const compute = promisify(argon2)
/** A hash fills a processor: when a school signs in at once, one is left for everybody else's reading. */
const processors = openSlots(Math.max(1, availableParallelism() - 1))
/** OWASP's second recommended setting for argon2id: 19 MiB, two passes. */
const cost = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 }

/** 密码散列 — argon2id in the usual `$argon2id$v=19$m=…,t=…,p=…$salt$hash` form. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16)
  return written(nonce, await derive('argon2id', { message: password, nonce, ...cost }))
}

function written(nonce: Buffer, tag: Buffer): string {
  return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${base64(nonce)}$${base64(tag)}`
}

/** 无主散列 — drawn, of no password: looked at where there is no account, it takes as long as another's. */
export const nobodysHash = written(randomBytes(16), randomBytes(cost.tagLength))

/** 核对密码 — does the password belong to this hash? */
export async function passwordMatches(password: string, stored: string): Promise<boolean> {
  const [, , , setting, salt, hash] = stored.split('$')
  const [memory, passes, parallelism] = (setting ?? '').split(',').map((part) => Number(part.slice(2)))
  if (!salt || !hash || !memory || !passes || !parallelism) return false
  const expected = Buffer.from(hash, 'base64')
  const nonce = Buffer.from(salt, 'base64')
  const tag = await derive('argon2id', {
    message: password,
    nonce,
    memory,
    passes,
    parallelism,
    tagLength: expected.length,
  })
  return timingSafeEqual(tag, expected)
}

async function derive(...what: Parameters<typeof compute>): Promise<Buffer> {
  const done = await processors.take()
  try {
    return await compute(...what)
  } finally {
    done()
  }
}

function base64(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '')
}
