/**
 * How large a model file may be. They keep an editor quick and a hostile file harmless; no honest model comes near
 * them.
 */

/** UTF-16 units of text that are still read; a longer file is refused before it is parsed. */
export const MAX_TEXT_LENGTH = 1_000_000;

/** Mappings, lists and scalars of a file, with every alias counted as often as it is used. */
export const MAX_VALUES = 20_000;

/** Mappings and lists inside one another, through aliases too. */
export const MAX_DEPTH = 100;

/** Lexical tokens (indicators, spaces, scalars) of a YAML file: bounds the time its parser takes. */
export const MAX_YAML_TOKENS = 60_000;

/** Problems of syntax that are worth listing; what follows a broken line is mostly noise. */
export const MAX_SYNTAX_PROBLEMS = 50;

/**
 * Errors, and as many warnings, that the compiler lists; it goes on counting what is wrong, but looks for no more words
 * that were meant.
 */
export const MAX_PROBLEMS = 100;

/** Characters of a message: what a file writes is repeated in it, and may be a megabyte long. */
export const MAX_MESSAGE_LENGTH = 600;

/** Comments that silence rules; what follows counts for nothing, and one warning says so. */
export const MAX_IGNORE_COMMENTS = 500;

/** Layers that one layer may read. */
export const MAX_INPUTS = 64;
