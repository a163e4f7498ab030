/**
 * 粘贴块 — a block of cells as a spreadsheet puts it on the clipboard: rows by line breaks, cells by tabs.
 *
 * A cell in quotation marks may hold both; a doubled mark is one. The line break at the end is no row.
 */
export function pasteBlock(text: string): string[][] {
  const rows: string[][] = [[]]
  let cell = ''
  let quoted = false
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at]!
    if (quoted) {
      if (letter !== '"') cell += letter
      else if (text[at + 1] === '"') {
        cell += '"'
        at += 1
      } else quoted = false
    } else if (letter === '"' && cell === '') quoted = true
    else if (letter === '\t') {
      rows.at(-1)!.push(cell)
      cell = ''
    } else if (letter === '\n') {
      rows.at(-1)!.push(cell)
      rows.push([])
      cell = ''
    } else if (letter !== '\r') cell += letter
  }
  if (cell !== '' || rows.at(-1)!.length > 0) rows.at(-1)!.push(cell)
  return rows.filter((row) => row.length > 0)
}
