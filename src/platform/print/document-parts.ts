import { escaped, faceXml } from './document-xml.ts'
import { imprintStyle } from './imprint.ts'
import { boundFields, type OfficialDocument } from './official-document.ts'
import { faces, millimetres, page, sizes } from './page-measures.ts'

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const office = 'http://schemas.openxmlformats.org'
const words = `xmlns:w="${office}/wordprocessingml/2006/main" xmlns:r="${office}/officeDocument/2006/relationships"`
const relations = `${office}/officeDocument/2006/relationships`
const typeOf = (name: string) => `application/vnd.openxmlformats-officedocument.wordprocessingml.${name}+xml`

/** 绑定清单的命名空间 — of the part of a document that keeps its bound fields beside the text. */
export const fieldListNamespace = 'urn:kuoyou:bound-fields:1'

/** 文档部件 — the parts of a document's package around its text `body`, by their path and always in this order. */
export function documentParts(
  document: OfficialDocument,
  body: string,
  identity: { readonly id: string; readonly hash: string },
): (readonly [path: string, content: string])[] {
  return [
    ['[Content_Types].xml', contentTypes],
    ['_rels/.rels', packageRelations],
    ['docProps/core.xml', core(document)],
    ['word/document.xml', `${head}<w:document ${words}><w:body>${body}${section}</w:body></w:document>`],
    ['word/_rels/document.xml.rels', documentRelations],
    ['word/styles.xml', styles],
    ['word/settings.xml', settings],
    ['word/header1.xml', header(document.marking)],
    ['word/footer1.xml', footer('right')],
    ['word/footer2.xml', footer('left')],
    ['customXml/item1.xml', fieldList(document, identity)],
  ]
}

const overrides = [
  ['/docProps/core.xml', 'application/vnd.openxmlformats-package.core-properties+xml'],
  ['/word/document.xml', typeOf('document.main')],
  ['/word/styles.xml', typeOf('styles')],
  ['/word/settings.xml', typeOf('settings')],
  ['/word/header1.xml', typeOf('header')],
  ['/word/footer1.xml', typeOf('footer')],
  ['/word/footer2.xml', typeOf('footer')],
]

const contentTypes = `${head}<Types xmlns="${office}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${overrides
  .map(([path, type]) => `<Override PartName="${path}" ContentType="${type}"/>`)
  .join('')}</Types>`

function relationsPart(listed: readonly (readonly [type: string, target: string])[]): string {
  const each = listed.map(
    ([type, target], at) => `<Relationship Id="rId${at + 1}" Type="${type}" Target="${target}"/>`,
  )
  return `${head}<Relationships xmlns="${office}/package/2006/relationships">${each.join('')}</Relationships>`
}

const packageRelations = relationsPart([
  [`${relations}/officeDocument`, 'word/document.xml'],
  [`${office}/package/2006/relationships/metadata/core-properties`, 'docProps/core.xml'],
])

const documentRelations = relationsPart([
  [`${relations}/styles`, 'styles.xml'],
  [`${relations}/settings`, 'settings.xml'],
  [`${relations}/header`, 'header1.xml'],
  [`${relations}/footer`, 'footer1.xml'],
  [`${relations}/footer`, 'footer2.xml'],
  [`${relations}/customXml`, '../customXml/item1.xml'],
])

const section = `<w:sectPr><w:headerReference w:type="default" r:id="rId3"/><w:headerReference w:type="even" r:id="rId3"/><w:footerReference w:type="default" r:id="rId4"/><w:footerReference w:type="even" r:id="rId5"/><w:pgSz w:w="${page.widthTwips}" w:h="${page.heightTwips}"/><w:pgMar w:top="${page.topTwips}" w:right="${page.rightTwips}" w:bottom="${page.bottomTwips}" w:left="${page.leftTwips}" w:header="${millimetres(20)}" w:footer="${page.bottomTwips - millimetres(7) - sizes.four * 10}" w:gutter="0"/><w:docGrid w:type="lines" w:linePitch="${page.linePitchTwips}" w:charSpace="${page.charSpace4096}"/></w:sectPr>`

const styles = `${head}<w:styles ${words}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="${faces.body}" w:eastAsia="${faces.body}" w:hAnsi="${faces.body}" w:cs="${faces.body}"/><w:spacing w:val="-${page.closerTwips}"/><w:sz w:val="${sizes.three}"/><w:szCs w:val="${sizes.three}"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/><w:pPr><w:widowControl w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/><w:jc w:val="both"/></w:pPr><w:rPr><w:sz w:val="${sizes.three}"/><w:szCs w:val="${sizes.three}"/></w:rPr></w:style>${imprintStyle}</w:styles>`

const settings = `${head}<w:settings ${words}><w:evenAndOddHeaders/><w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>`

function header(marking = ''): string {
  const face = faceXml({ font: faces.black, size: sizes.smallFour })
  const run = marking && `<w:r>${face}<w:t>${escaped(marking)}</w:t></w:r>`
  return `${head}<w:hdr ${words}><w:p><w:pPr><w:snapToGrid w:val="0"/><w:jc w:val="center"/></w:pPr>${run}</w:p></w:hdr>`
}

/** 页码 — 四号半角宋体, a dash on each side, one character from the outer edge. */
function footer(side: 'left' | 'right'): string {
  const face = faceXml({ font: faces.song, size: sizes.four })
  const text = (words: string) => `<w:r>${face}<w:t xml:space="preserve">${words}</w:t></w:r>`
  const number = `<w:fldSimple w:instr=" PAGE "><w:r>${face}<w:t>1</w:t></w:r></w:fldSimple>`
  const stance = `<w:snapToGrid w:val="0"/><w:spacing w:line="${sizes.four * 10}" w:lineRule="exact"/><w:ind w:${side}="${sizes.four * 10}"/><w:jc w:val="${side}"/>`
  return `${head}<w:ftr ${words}><w:p><w:pPr>${stance}</w:pPr>${text('— ')}${number}${text(' —')}</w:p></w:ftr>`
}

function core({ title, letterhead }: OfficialDocument): string {
  const namespaces = `xmlns:cp="${office}/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"`
  return `${head}<cp:coreProperties ${namespaces}><dc:title>${escaped(title.replaceAll('\n', ''))}</dc:title><dc:creator>${escaped(letterhead)}</dc:creator></cp:coreProperties>`
}

function fieldList(document: OfficialDocument, { id, hash }: { id: string; hash: string }): string {
  const fields = boundFields(document).map(
    (field) =>
      `<field id="${escaped(field.id)}" zh="${escaped(field.zh)}" text="${escaped(field.text)}" source="${escaped(field.source)}" definition="${escaped(field.definition)}" asOf="${escaped(field.asOf)}"/>`,
  )
  return `${head}<paper xmlns="${fieldListNamespace}" id="${escaped(id)}" hash="${escaped(hash)}">${fields.join('')}</paper>`
}
