import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import { Fault } from '../../kernel/fault.ts'
import type { KeyKeeper } from './key-keeper.ts'

const defaultTimeoutMs = 10_000
const mostBytes = 65_536

/**
 * 密钥程序 — a program that stands before a 密码机 or KMS: the master key never comes here and is on no disk of ours.
 *
 * It is started for each question, reads one line of JSON and writes one: `{"act":"name"}` → `{"by"}`;
 * `{"act":"wrap","plain","about"}` → `{"by","wrapped"}`; `{"act":"unwrap","wrapped","about","by"}` → `{"plain"}`, or `{}`
 * when it does not hold the master key `by`. Bytes are base64. What was unwrapped is remembered while the process lives,
 * so that a KMS that is away stops no running platform, only its next start.
 */
export async function openKeyCommand(command: string, timeoutMs = defaultTimeoutMs): Promise<KeyKeeper> {
  const ask = (question: object) => answerOf(command, question, timeoutMs)
  let current = textIn(await ask({ act: 'name' }), 'by', command)
  const opened = new Map<string, Buffer>()
  return {
    get current() {
      return current
    },
    async wrap(key, about) {
      const plain = Buffer.concat([key, markOf(about)]).toString('base64')
      const answer = await ask({ act: 'wrap', plain, about })
      current = textIn(answer, 'by', command)
      const wrapped = textIn(answer, 'wrapped', command)
      if (Buffer.from(wrapped, 'base64').includes(key)) throw keyFault(command, '把密钥原样送了回来')
      return Buffer.from(wrapped, 'base64')
    },
    async unwrap(wrapped, about, by) {
      const question = { act: 'unwrap', wrapped: wrapped.toString('base64'), about, by }
      const name = JSON.stringify(question)
      const known = opened.get(name)
      if (known) return known
      const answer = await ask(question)
      if (Object.keys(answer).length === 0) return undefined
      const plain = Buffer.from(textIn(answer, 'plain', command), 'base64')
      const key = plain.subarray(0, -markBytes)
      // Whatever the program makes of `about`: a key that comes back under another name is none.
      if (plain.length <= markBytes || !plain.subarray(-markBytes).equals(markOf(about))) return undefined
      opened.set(name, key)
      return key
    },
  }
}

const markBytes = 16
const markOf = (about: string) => createHash('sha256').update(about).digest().subarray(0, markBytes)

type Answer = Readonly<Record<string, unknown>>

function textIn(answer: Answer, name: string, command: string): string {
  const text = answer[name]
  if (typeof text !== 'string' || text === '') throw keyFault(command, `回答里没有 ${name}`)
  return text
}

async function answerOf(command: string, question: object, timeoutMs: number): Promise<Answer> {
  const text = await said(command, `${JSON.stringify(question)}\n`, timeoutMs)
  try {
    const answer: unknown = JSON.parse(text)
    if (typeof answer === 'object' && answer !== null && !Array.isArray(answer)) return answer as Answer
  } catch {}
  throw keyFault(command, '回答不是一行 JSON')
}

/** What it writes to standard error is dropped: it may quote what it was asked. */
function said(command: string, question: string, timeoutMs: number): Promise<string> {
  const [program = '', ...args] = command.trim().split(/\s+/)
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      stdio: ['pipe', 'pipe', 'ignore'],
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
    })
    const parts: Buffer[] = []
    let bytes = 0
    child.on('error', ({ code }: NodeJS.ErrnoException) => reject(keyFault(command, `启动不了（${code}）`)))
    child.stdin.on('error', () => {})
    child.stdout.on('data', (part: Buffer) => {
      bytes += part.length
      if (bytes <= mostBytes) parts.push(part)
      else child.kill('SIGKILL')
    })
    child.on('close', (code, signal) => {
      if (bytes > mostBytes) reject(keyFault(command, '回答太长'))
      else if (signal) reject(keyFault(command, `${timeoutMs / 1000} 秒内没有回答`))
      else if (code !== 0) reject(keyFault(command, `以退出码 ${code} 结束`))
      else resolve(Buffer.concat(parts).toString())
    })
    child.stdin.end(question)
  })
}

function keyFault(command: string, what: string): Fault {
  return new Fault(
    `密钥程序 ${basename(command.trim().split(/\s+/)[0] ?? '')} ${what}—没有它，加密的个人信息打不开也写不进—请检查密码机或密钥服务是否连得上，以及 KUOYOU_KEY_COMMAND 写得对不对。没有改动任何数据。`,
  )
}
