import { CheckField, type Filled } from '#platform'

/** A box a skill family, named `family-CODE`. */
export function FamilyBoxes({ filled, families }: { filled: Filled; families: readonly string[] }) {
  return (
    <div class="row">
      {families.map((family) => (
        <CheckField
          filled={filled}
          name={`family-${family}`}
          label={filled.say(`campaigns:family.${family}`)}
        />
      ))}
    </div>
  )
}
