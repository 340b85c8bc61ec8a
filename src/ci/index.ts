// The only door of the room: what a pull request is told.
export { annotate } from './annotate.js';
export { type Annotation, annotationLines } from './annotations.js';
export { CiError } from './ci-error.js';
export { commentBlocks } from './comment-blocks.js';
export { changedFiles, findBase } from './find-base.js';
export { byteLength, COMMENT_LIMIT, fitText, SUMMARY_LIMIT } from './fit-text.js';
export { followedPullRequest } from './followed-pull-request.js';
export { type GithubApi, openGithubApi } from './github-api.js';
export { type GithubContext, type PullRequest, readGithubContext } from './github-context.js';
export { isDocumentation } from './is-documentation.js';
export { MARKER_LENGTH } from './marker.js';
export { type MergedParts, mergeParts } from './merge-parts.js';
export type { ComparedOutcome, PullRequestFacts, PullRequestOutcome } from './pull-request-outcome.js';
export { PART_FILE, type PullRequestPart, partFromJson, partToJson } from './pull-request-part.js';
export { type CommentDraft, type CommentOutcome, putComment } from './put-comment.js';
export { type IssueDraft, type IssueOutcome, putIssue } from './put-issue.js';
