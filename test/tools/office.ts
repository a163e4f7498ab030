import { spawnSync } from 'node:child_process'
import { findOffice } from '../../src/platform/print/convert-to-pdf.ts'
import { installDebianPackages } from './debian-package.ts'

/** LibreOffice, a Chinese font and a reader of PDF; undefined where they can neither be found nor installed. */
export function provideOffice(): string | undefined {
  const there = () => (hasReader() && hasChineseFont() ? findOffice() : undefined)
  if (there()) return there()
  installDebianPackages('libreoffice-writer-nogui', 'poppler-utils', 'fonts-noto-cjk', 'fontconfig')
  return there()
}

function hasReader(): boolean {
  return spawnSync('pdftotext', ['-v']).error === undefined
}

function hasChineseFont(): boolean {
  return spawnSync('fc-list', [':lang=zh', 'family'], { encoding: 'utf8' }).stdout?.trim() !== ''
}
