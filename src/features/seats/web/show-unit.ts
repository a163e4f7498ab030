const place = 'chosen-unit'

/** 所选单位的位置 — the card's name in the page. */
export const unitCardId = place

/** 看所选 — brings the chosen unit's card into sight after a choice made further down the page. */
export function showUnit(): void {
  const card = document.getElementById(place)
  const top = card?.getBoundingClientRect().top ?? 0
  if (top < 0 || top > window.innerHeight / 2) card?.scrollIntoView({ block: 'start', behavior: 'smooth' })
}
