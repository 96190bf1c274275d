/** A number with its noun in singular or plural: `1 change`, `2 changes`. */
export function countText(number: number, noun: string): string {
  const ending = number === 1 ? '' : 's';
  return `${number.toLocaleString('en')} ${noun}${ending}`;
}
