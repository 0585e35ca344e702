/** Some accounting software ends names with its own number of the beneficiary: `CAISSE DES ECOLES CA3112!`. */
export function tidyName(name: string): string {
  return name.replace(/\s+[A-Z]{2}\d+!$/, '').trim()
}
