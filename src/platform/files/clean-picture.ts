import sharp from 'sharp'
import { granted, type Result } from '../../kernel/result.ts'
import { fileLimits } from './file-limits.ts'
import { fileRefused } from './refusals.ts'
import type { MediaKind } from './sniff-media-type.ts'

/**
 * 洗图片 — decodes the picture and writes it anew: place, camera, names, comments and whatever else was hidden in or
 * behind it are gone; only what can be seen remains, upright.
 *
 * Refuses more than 50 million pixels before decoding them, and pictures that do not decode to the end.
 */
export async function cleanPicture(
  bytes: Buffer,
  kind: MediaKind,
): Promise<Result<{ bytes: Buffer; kind: 'jpeg' | 'png' }>> {
  const input = sharp(bytes, { limitInputPixels: fileLimits.pixels, failOn: 'error', pages: 1 })
  try {
    const { width = 0, height = 0, hasAlpha } = await input.metadata()
    if (width * height > fileLimits.pixels) return tooManyPixels(width, height)
    const keepsPng = kind === 'png' || hasAlpha === true
    const upright = input.rotate().toColourspace('srgb').timeout({ seconds: 20 })
    const written = keepsPng
      ? await upright.png({ compressionLevel: 6 }).toBuffer()
      : await upright.jpeg({ quality: 85 }).toBuffer()
    return granted({ bytes: written, kind: keepsPng ? 'png' : 'jpeg' })
  } catch (error) {
    // The decoder's own words are for developers; whatever they are, the picture is not whole.
    if (/pixel limit/i.test((error as Error).message)) return tooManyPixels()
    return fileRefused(
      'file.picture-broken',
      '图片不完整或已损坏—平台要把每张图片重新存一遍，这张读不到头—请用看图软件打开确认，另存为 JPG 或 PNG 后再传。',
    )
  }
}

function tooManyPixels(width?: number, height?: number) {
  const size = width && height ? `（${width}×${height}）` : ''
  return fileRefused(
    'file.picture-too-large',
    `图片${size}超过 ${fileLimits.pixels / 10_000} 万像素—太大的图片会拖慢平台—请把图片缩小后再传。`,
  )
}
