/** How large a model file may be. They keep an editor quick and a hostile file harmless; no honest model comes near them. */

/** UTF-16 units of text that are still read; a longer file is refused before it is parsed. */
export const MAX_TEXT_LENGTH = 1_000_000;

/** Mappings, lists and scalars of a file, with every alias counted as often as it is used. */
export const MAX_VALUES = 50_000;

/** Mappings and lists inside one another, through aliases too. */
export const MAX_DEPTH = 100;

/** Lexical tokens (indicators, spaces, scalars) of a YAML file: bounds the time its parser takes. */
export const MAX_YAML_TOKENS = 150_000;

/** Problems of syntax that are worth listing; what follows a broken line is mostly noise. */
export const MAX_SYNTAX_PROBLEMS = 50;
