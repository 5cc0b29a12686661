/** A page to read: about, terms, privacy, rules. Longer than a label, so it is data of its own beside the dictionary. */
export interface ReadingSection {
  /** Anchor other pages link to. */
  id: string;
  heading: string;
  paragraphs?: readonly string[];
  items?: readonly string[];
  /** First row is the head. */
  table?: readonly (readonly string[])[];
}

export interface ReadingPage {
  title: string;
  description: string;
  lead: string;
  updated: string;
  sections: readonly ReadingSection[];
}
