import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto'
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'

/** A passkey made of software: answers as a security key does, with a P-256 key and no attestation. */
export interface SoftKey {
  make(challenge: string, origin: string): RegistrationResponseJSON
  sign(challenge: string, origin: string, how?: { verified: boolean }): AuthenticationResponseJSON
}

export function softKey(domain: string): SoftKey {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const id = randomBytes(32)
  let counter = 0
  const head = (flags: number) =>
    Buffer.concat([
      createHash('sha256').update(domain).digest(),
      Buffer.from([flags]),
      bigEndian(++counter, 4),
    ])
  const shared = {
    id: id.toString('base64url'),
    rawId: id.toString('base64url'),
    type: 'public-key',
    clientExtensionResults: {},
  } as const
  return {
    make: (challenge, origin) => {
      const { x, y } = publicKey.export({ format: 'jwk' })
      // User present, user verified, attested data included.
      const authData = Buffer.concat([
        head(0x45),
        Buffer.alloc(16),
        bigEndian(id.length, 2),
        id,
        coseKey(x, y),
      ])
      return {
        ...shared,
        response: {
          clientDataJSON: clientData('webauthn.create', challenge, origin).toString('base64url'),
          attestationObject: withoutAttestation(authData).toString('base64url'),
          transports: ['internal'],
        },
      }
    },
    sign: (challenge, origin, { verified } = { verified: true }) => {
      const data = clientData('webauthn.get', challenge, origin)
      const authenticatorData = head(verified ? 0x05 : 0x01)
      const signed = Buffer.concat([authenticatorData, createHash('sha256').update(data).digest()])
      return {
        ...shared,
        response: {
          clientDataJSON: data.toString('base64url'),
          authenticatorData: authenticatorData.toString('base64url'),
          signature: createSign('sha256').update(signed).sign(privateKey).toString('base64url'),
        },
      }
    },
  }
}

function clientData(type: string, challenge: string, origin: string): Buffer {
  return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))
}

function bigEndian(value: number, bytes: number): Buffer {
  const buffer = Buffer.alloc(bytes)
  buffer.writeUIntBE(value, 0, bytes)
  return buffer
}

/** A P-256 public key as COSE writes it. */
function coseKey(x: string | undefined, y: string | undefined): Buffer {
  return Buffer.concat([
    Buffer.from('a5010203262001215820', 'hex'),
    Buffer.from(x as string, 'base64url'),
    Buffer.from('225820', 'hex'),
    Buffer.from(y as string, 'base64url'),
  ])
}

function withoutAttestation(authData: Buffer): Buffer {
  const text = (word: string) => Buffer.concat([Buffer.from([0x60 + word.length]), Buffer.from(word)])
  return Buffer.concat([
    Buffer.from([0xa3]),
    text('fmt'),
    text('none'),
    text('attStmt'),
    Buffer.from([0xa0]),
    text('authData'),
    Buffer.from([0x59]),
    bigEndian(authData.length, 2),
    authData,
  ])
}
