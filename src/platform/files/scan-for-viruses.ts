import { connect } from 'node:net'

/** 查毒结论 — clean, infected with what, or not answered: then the file may not be used. */
export type ScanResult =
  | { readonly state: 'clean' }
  | { readonly state: 'infected'; readonly virus: string }
  | { readonly state: 'unanswered'; readonly why: string }

/** 查毒程序 — looks at a file's content; never rejects. */
export type Scanner = (bytes: Buffer) => Promise<ScanResult>

/** Pieces of this size are sent; clamd takes any. */
const pieceBytes = 64 * 1024

/**
 * 接入 clamd — asks a running clamd over TCP (`host:port`) or a Unix socket (a path) with INSTREAM.
 *
 * Anything but a clear word, in time, counts as unanswered.
 */
export function clamdScanner(address: string, timeoutMs = 20_000): Scanner {
  return (bytes) =>
    new Promise((resolve) => {
      const socket = connect(target(address))
      let reply = ''
      const answer = (result: ScanResult) => {
        socket.destroy()
        resolve(result)
      }
      socket.setTimeout(timeoutMs, () => answer({ state: 'unanswered', why: 'timeout' }))
      socket.on('error', (error) => answer({ state: 'unanswered', why: error.message }))
      socket.on('close', () => answer(readReply(reply)))
      socket.on('data', (piece) => {
        reply += piece.toString('utf8')
        if (reply.includes('\0')) answer(readReply(reply))
      })
      socket.on('connect', () => send(socket.write.bind(socket), bytes))
    })
}

function target(address: string): { path: string } | { host: string; port: number } {
  if (address.startsWith('/')) return { path: address }
  const colon = address.lastIndexOf(':')
  return { host: address.slice(0, colon), port: Number(address.slice(colon + 1)) }
}

function send(write: (piece: Buffer | string) => boolean, bytes: Buffer): void {
  write('zINSTREAM\0')
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    const piece = bytes.subarray(at, at + pieceBytes)
    write(lengthOf(piece.length))
    write(piece)
  }
  write(lengthOf(0))
}

function lengthOf(length: number): Buffer {
  const word = Buffer.alloc(4)
  word.writeUInt32BE(length)
  return word
}

function readReply(reply: string): ScanResult {
  const words = reply.replaceAll('\0', '').trim()
  if (words === 'stream: OK') return { state: 'clean' }
  const [, virus] = /^stream: (.+) FOUND$/.exec(words) ?? []
  return virus ? { state: 'infected', virus } : { state: 'unanswered', why: words || 'no answer' }
}
