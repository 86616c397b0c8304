/** What is used of nspell, which comes without types. */
declare module 'nspell' {
  type Checker = {
    correct(word: string): boolean;
    suggest(word: string): string[];
    add(word: string): Checker;
  };
  export default function nspell(dictionary: { aff: string; dic: string }): Checker;
}
