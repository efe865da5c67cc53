import type {
  IncidentReport,
  VersionThen,
} from '../../../application/queries/incident-report/incident-report.js';
import { entryMessage } from '../messages/audit.messages.js';
import {
  asOfMessage,
  differenceMessage,
  modelMessage,
  occupancyMessage,
  versionMessage,
} from '../messages/history.messages.js';
import { isoOrNull } from '../messages/iso.js';

export type ReportMessage = ReturnType<typeof reportMessage>;

/** The report as JSON. What people have to find out is empty. */
export function reportMessage(report: IncidentReport) {
  const { scope, live, timeline, actors, suspect, lastGood, difference, exceptions } = report;
  const { model, names, from, to, log, asOf } = scope;
  return {
    scope: {
      model: modelMessage(model),
      names: names.map(({ name, from: since, to: until }) => ({ name, from: since, to: until ?? null })),
      from: isoOrNull(from),
      to: isoOrNull(to),
      log: { after: log.after, upTo: log.upTo },
    },
    live: live.map(occupancyMessage),
    timeline: timeline.map(entryMessage),
    actors: actors.map(({ actor, entries }) => ({ ...actor, entries })),
    suspect: suspect ? versionThenMessage(suspect) : null,
    lastGood: lastGood ? versionThenMessage(lastGood) : null,
    difference: difference ? differenceMessage(difference) : null,
    exceptions: {
      refused: exceptions.refused.map(entryMessage),
      editsAfterProduction: exceptions.editsAfterProduction.map(entryMessage),
    },
    toBeFilled: { impact: '', causes: '', actions: '' },
    asOf: asOfMessage(asOf),
  };
}

function versionThenMessage({ version, asOf, inProduction }: VersionThen) {
  return {
    version: versionMessage(version),
    asOf,
    inProduction: inProduction ? occupancyMessage(inProduction) : null,
  };
}
