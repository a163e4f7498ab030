/**
 * 故障 — we broke a promise of our own. Thrown, logged with a trace id, shown to no one in detail.
 *
 * The message tells the developer what to check next.
 */
export class Fault extends Error {
  override readonly name = 'Fault'
}
