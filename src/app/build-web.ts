import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { isWritable } from '../platform/db/traversable-place.ts'
import { root } from './data-folder.ts'

/** What the pages are made from; a change in any of it makes a new build. */
const sources = [
  'src/app/web',
  'src/ui',
  'src/kernel',
  'src/platform/audit',
  'src/engines',
  'src/features',
  'package-lock.json',
  'plan/terms.yaml',
]

/** 网页成品 — the folder of built pages, built now when its sources changed since the last time. */
export async function buildWeb(): Promise<string> {
  const shelf = join(isWritable(root) ? root : join(homedir() || tmpdir(), '.cache/kuoyou'), 'dist')
  const folder = join(shelf, `web-${sourcesHash()}`)
  if (isBuilt(folder)) return folder
  const half = `${folder}.half-${process.pid}`
  const { build } = await import('vite')
  const { default: react } = await import('@vitejs/plugin-react')
  await build({
    root: join(root, 'src/app/web'),
    configFile: false,
    logLevel: 'warn',
    plugins: [react()],
    build: { outDir: half, emptyOutDir: true, target: 'chrome87', chunkSizeWarningLimit: 2_000 },
  })
  shelve(half, folder)
  return folder
}

/**
 * 上架 — puts a finished build in its place and takes earlier ones away. Where another copy that started at the same moment
 * was done first, its pages, which are the same and served already, stay.
 */
export function shelve(half: string, folder: string): void {
  const shelf = dirname(folder)
  for (const old of readdirSync(shelf))
    if (!old.includes('half') && old !== basename(folder))
      rmSync(join(shelf, old), { recursive: true, force: true })
  try {
    renameSync(half, folder)
  } catch (error) {
    if (!isBuilt(folder)) throw error
    rmSync(half, { recursive: true, force: true })
  }
}

function isBuilt(folder: string): boolean {
  return existsSync(join(folder, 'index.html'))
}

function sourcesHash(): string {
  const hash = createHash('sha256')
  for (const source of sources) addToHash(hash, join(root, source))
  return hash.digest('hex').slice(0, 16)
}

function addToHash(hash: ReturnType<typeof createHash>, path: string): void {
  if (!existsSync(path)) return
  if (statSync(path).isDirectory()) {
    for (const name of readdirSync(path).sort()) addToHash(hash, join(path, name))
    return
  }
  if (path.endsWith('.test.ts') || path.endsWith('.sql')) return
  hash.update(path.slice(root.length)).update(readFileSync(path))
}
