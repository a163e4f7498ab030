import { granted, type Result, refused } from '../../kernel/result.ts'
import { openPackage, type Package } from '../sheets/open-package.ts'
import { attributesOf, readXml } from '../sheets/read-xml.ts'
import { UnreadableFile } from '../sheets/unreadable-file.ts'
import { fieldListNamespace } from './document-parts.ts'

/** 读出的公文 — what stands in a DOCX: its paragraphs, the content of its tagged fields, and which paper it says it is. */
export interface ReadDocument {
  /** Undefined where the document is none of the platform's, or lost the list of its fields. */
  readonly paperId: string | undefined
  /** Paragraphs that hold anything, each field in them as `{id}`. */
  readonly paragraphs: readonly string[]
  /** What stands in each place of a field, by its id. */
  readonly fields: ReadonlyMap<string, readonly string[]>
}

/**
 * 读公文 — reads a DOCX as it comes back from an office: words of tracked deletions are gone, those of insertions stand.
 *
 * Refuses what is no readable DOCX; no more is inflated than the limits of files allow.
 */
export async function readDocument(bytes: Buffer): Promise<Result<ReadDocument>> {
  try {
    const pack = await openPackage(bytes)
    const text = new TextReader()
    if (!(await readPart(pack, 'word/document.xml', text))) return unreadable()
    return granted({ ...text.read(), paperId: await findPaperId(pack) })
  } catch (error) {
    if (error instanceof UnreadableFile) return unreadable()
    throw error
  }
}

async function readPart(
  pack: Package,
  path: string,
  handler: Parameters<typeof readXml>[1],
): Promise<boolean> {
  const part = await pack.read(path)
  if (part) await readXml(part, handler)
  return part !== undefined
}

/** Word numbers the parts anew when it saves: ours is known by its namespace. */
async function findPaperId(pack: Package): Promise<string | undefined> {
  let found: string | undefined
  for (const path of pack.paths.filter((each) => /^customXml\/item\d+\.xml$/.test(each)))
    await readPart(pack, path, {
      open: (name, attributes) => {
        const { xmlns, id } = attributesOf(attributes)
        if (name === 'paper' && xmlns === fieldListNamespace) found = id
      },
    })
  return found
}

interface OpenField {
  id?: string
  text: string
}

/** Collects paragraphs and fields while the text goes by. */
class TextReader {
  readonly #paragraphs: string[] = []
  readonly #fields = new Map<string, string[]>()
  readonly #open: OpenField[] = []
  #paragraph = ''
  #inText = false

  open(name: string, attributes: string): void {
    if (name === 'sdt') this.#open.push({ text: '' })
    else if (name === 'tag') this.#name(attributesOf(attributes).val)
    else if (name === 't') this.#inText = true
  }

  text(text: string): void {
    if (!this.#inText) return
    const field = this.#open.findLast(({ id }) => id !== undefined)
    if (field) field.text += text
    else this.#paragraph += text
  }

  close(name: string): void {
    if (name === 't') this.#inText = false
    else if (name === 'sdt') this.#closeField()
    else if (name === 'p' && !this.#open.some(({ id }) => id !== undefined)) this.#closeParagraph()
  }

  read(): Omit<ReadDocument, 'paperId'> {
    return { paragraphs: this.#paragraphs, fields: this.#fields }
  }

  #name(id: string | undefined): void {
    const field = this.#open.at(-1)
    if (field && id !== undefined) field.id = id
  }

  #closeField(): void {
    const field = this.#open.pop()
    if (field?.id === undefined) return
    this.#fields.set(field.id, [...(this.#fields.get(field.id) ?? []), field.text])
    this.#paragraph += `{${field.id}}`
  }

  #closeParagraph(): void {
    if (this.#paragraph.trim() !== '') this.#paragraphs.push(this.#paragraph)
    this.#paragraph = ''
  }
}

function unreadable() {
  return refused({
    code: 'document.unreadable',
    text: '文件打不开—它不是完整的 Word 文档（.docx），或在另存时损坏—请用 WPS 或 Word 打开确认，另存为 .docx 后再传。',
  })
}
