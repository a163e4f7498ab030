import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { root } from '../../src/app/data-folder.ts'
import { installDebianPackages } from './debian-package.ts'

const debianBrowser = '/usr/bin/chromium'
const cache = join(root, '.cache/browser')

/** A Chromium and a Chinese font for the journeys: Debian's where allowed, else from npm. Returns the browser's path. */
export async function provideBrowser(): Promise<string> {
  if (!hasChineseFont() && !installDebianPackages('fonts-noto-cjk', 'fontconfig')) installFontFromNpm()
  if (existsSync(debianBrowser) || (installDebianPackages('chromium') && existsSync(debianBrowser)))
    return debianBrowser
  return browserFromNpm()
}

function hasChineseFont(): boolean {
  const found = spawnSync('fc-list', [':lang=zh', 'family'], { encoding: 'utf8' })
  return found.status === 0 && found.stdout.trim() !== ''
}

function installFontFromNpm(): void {
  npmInstall('@fontsource/noto-sans-sc@5.3.0')
  const fonts = join(homedir(), '.local/share/fonts/kuoyou')
  mkdirSync(fonts, { recursive: true })
  const files = join(cache, 'node_modules/@fontsource/noto-sans-sc/files')
  cpSync(join(files, 'noto-sans-sc-chinese-simplified-400-normal.woff2'), join(fonts, 'noto-sans-sc.woff2'))
  spawnSync('fc-cache', ['-f', fonts])
}

async function browserFromNpm(): Promise<string> {
  npmInstall('@sparticuz/chromium@153.0.0')
  const entry = createRequire(join(cache, 'package.json')).resolve('@sparticuz/chromium')
  const { default: chromium } = (await import(entry)) as { default: { executablePath(): Promise<string> } }
  return chromium.executablePath()
}

function npmInstall(name: string): void {
  mkdirSync(cache, { recursive: true })
  execFileSync('npm', ['install', '--prefix', cache, '--no-save', '--no-fund', '--no-audit', name], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
}
