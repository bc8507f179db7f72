/** `{name}` stands for a parameter. English may have a plural form, chosen by the parameter `n`. */
export interface Message {
  readonly en: string | { readonly one: string; readonly other: string };
  readonly ja: string;
}
