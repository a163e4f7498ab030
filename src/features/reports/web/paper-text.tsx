import { spokenDay } from '../../../kernel/spoken-day.ts'
import type { Block, DocumentShown, Field, Wording } from '../document-contract.ts'

interface Opening {
  /** Absent where figures are read without their sources. */
  readonly onOpen?: ((field: Field) => void) | undefined
}

/** 公文正文 — the paper as it will be printed, without its pages; one that is void says so above everything. */
export function PaperText(props: Opening & { document: DocumentShown; voidedOn?: string | null }) {
  const { document, onOpen, voidedOn } = props
  const { letterhead, docNumber, title, addressee, body, annexes, issuer, issuedOn, marking } = document
  return (
    <article className="paper">
      {voidedOn && <p className="paper-void">作废 {voidedOn}</p>}
      {marking && <p className="paper-mark">{marking}</p>}
      <p className="paper-letterhead">{letterhead}</p>
      <p className="paper-number">{docNumber}</p>
      <h3 className="paper-title">{title}</h3>
      {addressee && (
        <p className="paper-addressee">
          <Words words={addressee} onOpen={onOpen} />：
        </p>
      )}
      <Blocks blocks={body} onOpen={onOpen} />
      <p className="paper-signed">
        {issuer}
        <br />
        {issuedOn ? spokenDay(issuedOn) : '（成文日期）'}
      </p>
      {annexes.map((annex, at) => (
        <section key={annex.title}>
          <p className="paper-addressee">附件{annexes.length > 1 && at + 1}</p>
          <h3 className="paper-title">{annex.title}</h3>
          <Blocks blocks={annex.blocks} onOpen={onOpen} />
        </section>
      ))}
    </article>
  )
}

/** Paragraphs and rows have no names of their own and never change places. */
function Blocks({ blocks, onOpen }: Opening & { blocks: readonly Block[] }) {
  return blocks.map((block, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: see above
    <BlockText key={at} block={block} onOpen={onOpen} />
  ))
}

function BlockText({ block, onOpen }: Opening & { block: Block }) {
  if (block.kind === 'table') return <TableText block={block} onOpen={onOpen} />
  const words = <Words words={block.text} onOpen={onOpen} />
  return block.kind === 'heading' ? <h4>{words}</h4> : <p>{words}</p>
}

function TableText({ block, onOpen }: Opening & { block: Extract<Block, { kind: 'table' }> }) {
  return (
    <div className="board-scroll">
      <table>
        <thead>
          <tr>
            {block.head.map((head) => (
              <th key={head}>{head}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {block.rows.map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <tr key={at}>
              {row.map((words, column) => (
                <td key={block.head[column]}>
                  <Words words={words} onOpen={onOpen} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Words({ words, onOpen }: Opening & { words: Wording }) {
  return words.map((part, at) =>
    typeof part === 'string' || !onOpen ? (
      wordsOf(part)
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: see above
      <InlineFigure key={at} field={part} onOpen={onOpen} />
    ),
  )
}

/** A button element never breaks within a line; the words of a paper must. */
function InlineFigure({ field, onOpen }: { field: Field; onOpen: (field: Field) => void }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: see above
    <span
      role="button"
      tabIndex={0}
      className={field.text.startsWith('〔待补') ? 'figure missing' : 'figure'}
      aria-label={`${field.zh} ${field.text}，查看来历`}
      onClick={() => onOpen(field)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return
        event.preventDefault()
        onOpen(field)
      }}
    >
      {field.text}
    </span>
  )
}

const wordsOf = (part: Wording[number]) => (typeof part === 'string' ? part : part.text)
