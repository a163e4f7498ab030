/** 样式标记 — the nonce of this page's answer: style elements without it are not applied. */
export const styleNonce = document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? ''

/**
 * Two small parts of the component library (measuring scroll bars, holding the page still under a dialogue) make style
 * elements without being able to be told the nonce: every style element this program makes gets it.
 */
const create = document.createElement.bind(document)
document.createElement = (name: string, options?: ElementCreationOptions): HTMLElement => {
  const element = create(name, options)
  if (element instanceof HTMLStyleElement) element.nonce = styleNonce
  return element
}
