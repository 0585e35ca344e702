/** `93 %`, never rounded up: 99.9 % is not the whole. */
export function percentText(ratio: number, language: string): string {
  const whole = Math.floor(ratio * 100 + 1e-9)
  return language === 'fr' ? `${whole}\u00a0%` : `${whole}%`
}
