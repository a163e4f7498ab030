import { createCipheriv, createDecipheriv, createHash, timingSafeEqual } from 'node:crypto'

/** The largest piece sealed at once: what is held in memory while writing or reading. */
export const frameBytes = 256 * 1024

const tagBytes = 16

/** 封装一段 — seals pieces of a file one after the other; a piece moved, lost or changed no longer opens. */
export interface FrameSeal {
  seal(piece: Buffer, last: boolean): Buffer
  /** The piece, or undefined when it is not what was sealed at this place. */
  open(sealed: Buffer, last: boolean): Buffer | undefined
}

/** 带密钥的封装 — AES-256-GCM; the piece's number is its nonce (each file has a key of its own) and is authenticated. */
export function encryptedFrames(key: Buffer): FrameSeal {
  let number = 0
  const next = (last: boolean) => {
    const nonce = Buffer.alloc(12)
    nonce.writeBigUInt64BE(BigInt(number++), 4)
    return { nonce, aad: Buffer.from([last ? 1 : 0]) }
  }
  return {
    seal(piece, last) {
      const { nonce, aad } = next(last)
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(aad)
      const body = Buffer.concat([cipher.update(piece), cipher.final()])
      return Buffer.concat([body, cipher.getAuthTag()])
    },
    open(sealed, last) {
      const { nonce, aad } = next(last)
      const decipher = createDecipheriv('aes-256-gcm', key, nonce).setAAD(aad)
      decipher.setAuthTag(sealed.subarray(-tagBytes))
      try {
        return Buffer.concat([decipher.update(sealed.subarray(0, -tagBytes)), decipher.final()])
      } catch {
        return undefined
      }
    },
  }
}

/** 不带密钥的封装 — a check value beside each piece: finds damage, hides nothing. */
export function checkedFrames(): FrameSeal {
  let number = 0
  const check = (piece: Buffer, last: boolean) =>
    createHash('sha256').update(`${number++}:${last}:`).update(piece).digest().subarray(0, tagBytes)
  return {
    seal: (piece, last) => Buffer.concat([piece, check(piece, last)]),
    open(sealed, last) {
      const piece = sealed.subarray(0, -tagBytes)
      return timingSafeEqual(check(piece, last), sealed.subarray(-tagBytes)) ? piece : undefined
    },
  }
}

/** How long a sealed piece is for a piece of this length. */
export function sealedLength(pieceLength: number): number {
  return pieceLength + tagBytes
}
