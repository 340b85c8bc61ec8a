// The only door of the room: what a pull request is told.
export { annotate } from './annotate.js';
export { type Annotation, annotationLines } from './annotations.js';
export { CiError } from './ci-error.js';
export { commentBlocks } from './comment-blocks.js';
export { changedFiles, findBase } from './find-base.js';
export { byteLength, COMMENT_LIMIT, fitText, SUMMARY_LIMIT } from './fit-text.js';
export { type GithubApi, openGithubApi } from './github-api.js';
export { type GithubContext, type PullRequest, readGithubContext } from './github-context.js';
export { isDocumentation } from './is-documentation.js';
export type { ComparedOutcome, PullRequestFacts, PullRequestOutcome } from './pull-request-outcome.js';
export { type CommentDraft, type CommentOutcome, MARKER_LENGTH, putComment } from './put-comment.js';
