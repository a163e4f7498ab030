import { promisify } from 'node:util'
import yauzl from 'yauzl'

const openZip = promisify(
  yauzl.fromBuffer as (
    bytes: Buffer,
    options: yauzl.Options,
    done: (error: Error | null, zip: yauzl.ZipFile) => void,
  ) => void,
)

/** 可读文字 — everything a reader could find in an answer's bytes: as it is, or inside the parts of a workbook. */
export async function textWithin(bytes: Buffer): Promise<string> {
  if (bytes.subarray(0, 2).toString() !== 'PK') return bytes.toString()
  const zip = await openZip(bytes, { lazyEntries: true })
  const parts: string[] = []
  await new Promise<void>((resolve, reject) => {
    zip.on('error', reject).on('end', resolve)
    zip.on('entry', (entry) =>
      zip.openReadStream(entry, (error, stream) => {
        if (error) return reject(error)
        const chunks: Buffer[] = []
        stream.on('data', (chunk) => chunks.push(chunk))
        stream.on('end', () => {
          parts.push(Buffer.concat(chunks).toString())
          zip.readEntry()
        })
      }),
    )
    zip.readEntry()
  })
  return parts.join('\n')
}
