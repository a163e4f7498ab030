import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { accessSync, constants, existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { granted, type Result, refused } from '../../kernel/result.ts'

/** A paper of a few hundred pages takes seconds; what takes longer hangs. */
const patienceMs = 60_000

/** 排版程序 — LibreOffice of this machine: the one named by KUOYOU_SOFFICE, else the one found on the path. */
export function findOffice(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const named = environment.KUOYOU_SOFFICE
  if (named) return isProgram(named) ? named : undefined
  const places = (environment.PATH ?? '').split(delimiter).map((folder) => join(folder, 'soffice'))
  return places.find(isProgram)
}

function isProgram(path: string): boolean {
  if (!existsSync(path)) return false
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/**
 * 转 PDF — lays a document of the platform's own out as pages. Never for what was uploaded: the program trusts its file.
 *
 * The same document gives the same bytes by the same program: the moment and the chance it writes in are taken out. Each conversion has its own profile and folder, so that several may run and none leaves anything behind.
 */
export async function convertToPdf(docx: Buffer, office = findOffice()): Promise<Result<Buffer>> {
  if (!office) return notSetUp()
  const folder = await mkdtemp(join(tmpdir(), 'kuoyou-pdf-'))
  try {
    const source = join(folder, 'paper.docx')
    await writeFile(source, docx)
    await run(office, [
      `-env:UserInstallation=file://${join(folder, 'profile')}`,
      ...['--headless', '--norestore', '--convert-to', 'pdf', '--outdir', folder, source],
    ])
    const made = await readFile(join(folder, 'paper.pdf')).catch(() => undefined)
    return made ? granted(settled(made, docx)) : failed()
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** What the program writes of the moment and at random, each put in place by something of the same length. */
function settled(pdf: Buffer, docx: Buffer): Buffer {
  const name = createHash('sha256').update(docx).digest('hex').slice(0, 32).toUpperCase()
  const text = pdf
    .toString('latin1')
    .replace(/\/(CreationDate|ModDate)\(D:\d{14}/g, '/$1(D:19700101000000')
    .replace(/(\/ID\s*\[\s*<)[0-9A-F]{32}(>\s*<)[0-9A-F]{32}>/, `$1${name}$2${name}>`)
    .replace(/\/DocChecksum \/[0-9A-F]{32}/, `/DocChecksum /${name}`)
  return Buffer.from(text, 'latin1')
}

function run(program: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: 'ignore', timeout: patienceMs, killSignal: 'SIGKILL' })
    child.on('error', () => resolve())
    child.on('exit', () => resolve())
  })
}

function notSetUp() {
  return refused({
    code: 'document.no-pdf',
    text: '这台服务器不能出 PDF—没有安装排版程序 LibreOffice，或 KUOYOU_SOFFICE 指的不是它—请下载 Word 文档（.docx）自行打印，或请管理员安装。',
  })
}

function failed() {
  return refused({
    code: 'document.pdf-failed',
    text: '没有排出 PDF—排版程序在一分钟内没有给出结果—公文本身没有问题：请下载 Word 文档（.docx），或稍后再试。',
  })
}
