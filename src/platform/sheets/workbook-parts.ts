import { posix } from 'node:path'
import { fileLimits } from '../files/file-limits.ts'
import { isBuiltInDateFormat, isDateFormat } from './excel-date.ts'
import { damaged, type Package } from './open-package.ts'
import { attributesOf, readXml, type XmlHandler } from './read-xml.ts'
import { tooLongCell, UnreadableFile } from './unreadable-file.ts'

/** 工作簿目录 — the worksheets in their order, and what cells refer to. */
export interface WorkbookParts {
  readonly sheets: readonly { readonly name: string; readonly hidden: boolean; readonly path: string }[]
  readonly sharedStrings: readonly SharedString[]
  /** By style number: does the style show a number as a day? */
  readonly dateStyles: readonly boolean[]
  readonly from1904: boolean
}

export interface SharedString {
  readonly text: string
  readonly rich: boolean
}

/** 读工作簿目录 — finds each part by the workbook's own relationships, not by guessing file names. */
export async function readWorkbookParts(pack: Package): Promise<WorkbookParts> {
  const rootLinks = await readLinks(pack, '_rels/.rels', '')
  const workbook = rootLinks.find((link) => link.type === 'officeDocument')?.target ?? 'xl/workbook.xml'
  const folder = posix.dirname(workbook)
  const links = await readLinks(pack, `${folder}/_rels/${posix.basename(workbook)}.rels`, folder)
  const { sheets, from1904 } = await readSheetList(pack, workbook)
  const targetOf = (type: string) => links.find((link) => link.type === type)?.target
  return {
    from1904,
    sheets: onceEach(sheets).flatMap(({ name, hidden, id }) => {
      const link = links.find((each) => each.id === id && each.type === 'worksheet')
      return link ? [{ name, hidden, path: link.target }] : []
    }),
    sharedStrings: await readSharedStrings(pack, targetOf('sharedStrings')),
    dateStyles: await readDateStyles(pack, targetOf('styles')),
  }
}

interface Link {
  readonly id: string
  /** Last word of the relationship's type: worksheet, styles, sharedStrings … */
  readonly type: string
  readonly target: string
}

async function readLinks(pack: Package, path: string, folder: string): Promise<Link[]> {
  const links: Link[] = []
  await readPart(pack, path, {
    open: (name, raw) => {
      if (name !== 'Relationship') return
      const { Id = '', Type = '', Target = '', TargetMode } = attributesOf(raw)
      if (TargetMode === 'External') return
      const target = Target.startsWith('/') ? Target.slice(1) : posix.join(folder, Target)
      links.push({ id: Id, type: Type.slice(Type.lastIndexOf('/') + 1), target })
    },
  })
  return links
}

async function readSheetList(pack: Package, path: string) {
  const sheets: { name: string; hidden: boolean; id: string }[] = []
  let from1904 = false
  await readPart(pack, path, {
    open: (name, raw) => {
      const { name: title = '', state, id = '', date1904 } = attributesOf(raw)
      if (name === 'workbookPr') from1904 = date1904 === '1' || date1904 === 'true'
      if (name === 'sheet') sheets.push({ name: title, hidden: (state ?? 'visible') !== 'visible', id })
      if (sheets.length > fileLimits.sheets) throw tooManySheets()
    },
  })
  if (sheets.length === 0) damaged(new Error('no sheets'))
  return { sheets, from1904 }
}

async function readSharedStrings(pack: Package, path: string | undefined): Promise<SharedString[]> {
  const strings: SharedString[] = []
  if (!path) return strings
  let text = ''
  let rich = false
  let inText = false
  let inReading = false
  await readPart(pack, path, {
    open: (name) => {
      if (name === 'si') [text, rich] = ['', false]
      if (name === 'r') rich = true
      if (name === 'rPh') inReading = true
      inText = name === 't' && !inReading
    },
    text: (piece) => {
      if (inText) text += piece
      if (text.length > fileLimits.cellCharacters)
        throw tooLongCell(`第 ${strings.length + 1} 条文字所在的格子：`)
    },
    close: (name) => {
      if (name === 't') inText = false
      if (name === 'rPh') inReading = false
      if (name === 'si' && strings.push({ text, rich }) > fileLimits.sharedTexts) throw tooManyTexts()
    },
  })
  return strings
}

async function readDateStyles(pack: Package, path: string | undefined): Promise<boolean[]> {
  const styles: boolean[] = []
  const custom = new Map<number, string>()
  let inCellFormats = false
  if (!path) return styles
  await readPart(pack, path, {
    open: (name, raw) => {
      const { numFmtId, formatCode = '' } = attributesOf(raw)
      if (Math.max(styles.length, custom.size) > fileLimits.styles)
        damaged(new Error('more styles than a workbook can have'))
      if (name === 'numFmt') custom.set(Number(numFmtId), formatCode)
      if (name === 'cellXfs') inCellFormats = true
      if (name === 'xf' && inCellFormats) {
        const format = custom.get(Number(numFmtId))
        styles.push(format === undefined ? isBuiltInDateFormat(Number(numFmtId ?? 0)) : isDateFormat(format))
      }
    },
    close: (name) => {
      if (name === 'cellXfs') inCellFormats = false
    },
  })
  return styles
}

/** 读部件 — reads one part as XML; a part that is not there says nothing. */
export async function readPart(pack: Package, path: string, handler: XmlHandler): Promise<void> {
  const stream = await pack.read(path)
  if (!stream) return
  await readXml(stream, handler).catch(damaged)
}

/** Two names for one sheet let a small file be read over and over. */
function onceEach<S extends { readonly id: string }>(sheets: readonly S[]): readonly S[] {
  if (new Set(sheets.map(({ id }) => id)).size < sheets.length) damaged(new Error('a sheet is listed twice'))
  return sheets
}

function tooManySheets(): UnreadableFile {
  return new UnreadableFile(
    'file.too-many-sheets',
    `工作簿里有 ${fileLimits.sheets} 张以上的工作表—一次只导入一张表—请把要导入的表另存为一个文件再传。`,
  )
}

function tooManyTexts(): UnreadableFile {
  return new UnreadableFile(
    'file.too-many-cells',
    `不同的文字超过 ${fileLimits.sharedTexts} 条—一次导入装不下，平台不会截断—请按县或按学年拆成几个文件分别导入。`,
  )
}
