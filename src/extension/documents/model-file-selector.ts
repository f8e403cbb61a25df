/** Which documents are model files: by their name alone, never by their language, so that no other file is touched. */
import * as vscode from 'vscode';
import type { FrontEnd } from '../../frontends/frontend';
import { MODEL_FILE } from '../../frontends/model-file/front-end';
import { isModelFileName } from '../../frontends/model-file/model-file-name';
import { frontEndOf } from '../../frontends/registry';
import { settingsFor } from '../settings/settings';

const OWN_PATTERN = '**/*.model.{yaml,yml,json}';

/**
 * Schemes of earlier versions and generated views: shown beside the real file, but not to be trained or checked again.
 */
function isEditable(uri: vscode.Uri): boolean {
  return uri.scheme === 'untitled' || vscode.workspace.fs.isWritableFileSystem(uri.scheme) === true;
}

/**
 * The documents that completion, hovers, lenses and code actions are registered for, with the patterns of the settings.
 */
export function modelFileSelector(): vscode.DocumentFilter[] {
  const patterns = [OWN_PATTERN, ...settingsFor().modelFiles.map(anywhere)];
  return patterns.map(pattern => ({ pattern }));
}

export function isModelFile({ uri }: vscode.TextDocument): boolean {
  return isEditable(uri) && frontEndFor(uri) !== undefined;
}

/**
 * Returns the front end that reads the file: patterns of the settings name model files; any other file is read by its
 * own name.
 */
export function frontEndFor(uri: vscode.Uri): FrontEnd | undefined {
  return isModelFileName(uri.path, settingsFor(uri).modelFiles) ? MODEL_FILE : frontEndOf(uri.path);
}

/** Last part of the path, as shown in titles. */
export function baseName(uri: vscode.Uri): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1);
}

/** Patterns of settings are relative to whichever folder holds them. */
function anywhere(pattern: string): string {
  return pattern.startsWith('**/') || pattern.startsWith('/') ? pattern : `**/${pattern}`;
}
