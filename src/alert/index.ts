// The only door of the room: who is told of a regression, and how.
export type { Alert, AlertMessage, Channel } from './alert.js';
export { AlertError } from './alert-error.js';
export { type AlertConfiguration, alertConfiguration, type ChannelConfiguration } from './configuration.js';
export { type EmailOptions, email } from './email.js';
export { findAlerts } from './find-alerts.js';
export { type GithubIssueOptions, githubIssue } from './github-issue.js';
export { subjectOf, toJsonText, toMarkdownText, toPlainText, toSlackText } from './message-text.js';
export { openChannels } from './open-channels.js';
export { type Delivery, pendingAlerts, type SendOptions, sendAlerts } from './send-alerts.js';
export { type SlackOptions, slack } from './slack.js';
export { signatureOf, type WebhookOptions, webhook } from './webhook.js';
