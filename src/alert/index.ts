// The only door of the room: who is told of a regression, and how.
export type { Alert, AlertMessage, Channel } from './alert.js';
export { AlertError } from './alert-error.js';
export { type AlertConfiguration, alertConfiguration, type ChannelConfiguration } from './configuration.js';
export { findAlerts } from './find-alerts.js';
export { openChannels } from './open-channels.js';
export { type Delivery, pendingAlerts, type SendOptions, sendAlerts } from './send-alerts.js';
