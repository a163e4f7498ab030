import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'

/** 规划文件 — one file of `plan/`, its place inside the layer's folder and its words. */
export interface Source {
  /** Path inside the layer's folder, with `/`: what the version is computed over. */
  readonly path: string
  /** Path as a person would open it. */
  readonly file: string
  readonly content: string
}

/** 读取层级文件夹 — every YAML and text file below a folder, in the order of their paths. */
export function readSources(folder: string): Source[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => /\.(yaml|txt)$/.test(path) && statSync(join(folder, path)).isFile())
    .sort()
    .map((path) => readSource(folder, path))
}

/** 读取一个文件 — one file below a folder; it must exist. */
export function readSource(folder: string, path: string): Source {
  const full = join(folder, path)
  return { path, file: relative(process.cwd(), full), content: readFileSync(full, 'utf8') }
}
