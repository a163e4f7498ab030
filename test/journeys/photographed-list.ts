import type { Browser } from 'playwright-core'
import sharp, { type Sharp } from 'sharp'

/** A grey picture: one byte a pixel. */
export interface Grey {
  readonly data: Buffer
  readonly width: number
  readonly height: number
}

export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

const scale = 0.6
const tilt = 3
const focus = 0.7
const screen = { width: 1400, height: 900 }

/** 截屏 — a table as a spreadsheet draws it on a screen, and where the cells of its last column stand. */
export async function drawTable(
  browser: Browser,
  rows: readonly (readonly string[])[],
): Promise<{ picture: Buffer; boxes: readonly Box[] }> {
  const page = await browser.newPage({ viewport: screen })
  await page.setContent(
    `<style>body { margin: 8px; font: 11pt Calibri, "Noto Sans CJK SC", sans-serif }
     td { border: 1px solid #d4d4d4; height: 20px; padding: 0 3px; white-space: nowrap }
     td:last-child { min-width: 120px; max-width: 120px }</style><table style="border-collapse: collapse">${rows
       .map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`)
       .join('')}</table>`,
  )
  const boxes = await page.locator('td:last-child').evaluateAll((cells) =>
    cells.map((cell) => {
      const { x, y, width, height } = cell.getBoundingClientRect()
      return { x, y, width, height }
    }),
  )
  const picture = await page.screenshot()
  await page.close()
  return { picture, boxes }
}

/** 翻拍 — as a telephone sees the screen: smaller, tilted, a little out of focus, saved as a poor JPEG. */
export async function photograph(picture: Buffer): Promise<Buffer> {
  const small = await sharp(picture)
    .resize(screen.width * scale)
    .toBuffer()
  const tilted = await sharp(small).rotate(tilt, { background: '#888' }).toBuffer()
  return sharp(tilted).blur(focus).jpeg({ quality: 50 }).toBuffer()
}

/** 摆正 — the photograph turned back, as anyone who wants to read it would, and the screen cut out of it. */
export async function straighten(photo: Buffer): Promise<Grey> {
  const turned = await sharp(photo)
    .rotate(-tilt, { background: '#888' })
    .toBuffer({ resolveWithObject: true })
  const [width, height] = [Math.round(screen.width * scale), Math.round(screen.height * scale)]
  const left = Math.round((turned.info.width - width) / 2)
  const top = Math.round((turned.info.height - height) / 2)
  return grey(sharp(turned.data).extract({ left, top, width, height }))
}

/** 样张 — what a photograph of this screen would show at best: smaller and as much out of focus, to compare with. */
export async function soften(picture: Buffer): Promise<Grey> {
  const small = await sharp(picture)
    .resize(screen.width * scale)
    .toBuffer()
  return grey(sharp(small).blur(focus))
}

async function grey(picture: Sharp): Promise<Grey> {
  const { data, info } = await picture.greyscale().raw().toBuffer({ resolveWithObject: true })
  return { data, width: info.width, height: info.height }
}

/** The part of a picture under a box of the screen, moved by whole pixels. */
export function cut(
  { data, width }: Grey,
  box: Box,
  [right, down]: readonly [number, number] = [0, 0],
): number[] {
  const [left, top] = [Math.round(box.x * scale) + right, Math.round(box.y * scale) + down]
  const across = Math.floor(box.width * scale) - 2
  const part: number[] = []
  for (let y = top + 1; y < top + Math.floor(box.height * scale) - 1; y++)
    for (let x = left + 1; x < left + across; x++) part.push(data[y * width + x] ?? 128)
  return part
}

/** 相关系数 — how far two pictures of one size are light and dark at the same places; 1 when they are the same. */
export function likeness(one: readonly number[], other: readonly number[]): number {
  const mean = (list: readonly number[]) => list.reduce((sum, value) => sum + value, 0) / list.length
  const [a, b] = [mean(one), mean(other)]
  let [both, first, second] = [0, 0, 0]
  for (const [i, value] of one.entries()) {
    const [p, q] = [value - a, other[i]! - b]
    both += p * q
    first += p * p
    second += q * q
  }
  return both / Math.sqrt(first * second)
}
