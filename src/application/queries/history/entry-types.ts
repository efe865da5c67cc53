import type { AuditEntryType, SubscriberEntryType } from './audit-entry.js';

const ofSubscribers: Readonly<Record<SubscriberEntryType, true>> = {
  WebhookCreated: true,
  WebhookUpdated: true,
  WebhookPaused: true,
  WebhookResumed: true,
  WebhookDisabled: true,
  WebhookSecretRotated: true,
  WebhookTested: true,
  RedeliveryRequested: true,
  WebhookDeleted: true,
  ConsumerCreated: true,
  ConsumerSought: true,
  ConsumerPaused: true,
  ConsumerResumed: true,
  ConsumerDeleted: true,
};

const known: Readonly<Record<AuditEntryType, true>> = {
  ModelRegistered: true,
  ModelRenamed: true,
  ModelDescribed: true,
  ModelDeleted: true,
  ModelRestored: true,
  NameClaimForfeited: true,
  NothingChanged: true,
  VersionCreated: true,
  VersionDescribed: true,
  VersionStatusChanged: true,
  VersionDeleted: true,
  VersionRestored: true,
  StageTransitioned: true,
  TagSet: true,
  TagDeleted: true,
  AliasSet: true,
  AliasDeleted: true,
  CommandRefused: true,
  ...ofSubscribers,
};

/** Every type of entry that the audit trail can hold. */
export const entryTypes = Object.keys(known) as readonly AuditEntryType[];

/** Whether it is about who is told, and not about a model. */
export function isOfSubscriber(type: AuditEntryType): type is SubscriberEntryType {
  return Object.hasOwn(ofSubscribers, type);
}
