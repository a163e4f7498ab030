import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Writes a program that answers as `body` says, given the question `q`; returns the command that starts it. */
export function keyProgram(folder: string, name: string, body: string): string {
  const path = join(folder, `${name}.mjs`)
  writeFileSync(
    path,
    `import { readFileSync } from 'node:fs'
import { createCipheriv, createDecipheriv } from 'node:crypto'
const q = JSON.parse(readFileSync(0, 'utf8'))
const say = (answer) => process.stdout.write(JSON.stringify(answer))
const turn = (make, text) => {
  const turned = make('aes-256-ctr', Buffer.alloc(32, 3), Buffer.alloc(16, 4))
  return Buffer.concat([turned.update(Buffer.from(text, 'base64')), turned.final()]).toString('base64')
}
${body}`,
  )
  chmodSync(path, 0o700)
  return `${process.execPath} ${path}`
}

/** A small KMS with one master key, `kms-1`. */
export const smallKms = `if (q.act === 'name') say({ by: 'kms-1' })
else if (q.act === 'wrap') say({ by: 'kms-1', wrapped: turn(createCipheriv, q.plain) })
else say(q.by === 'kms-1' ? { plain: turn(createDecipheriv, q.wrapped) } : {})`
