import { positionHeader } from '../answers.js';
import { mediaTypes } from '../formats/negotiation.js';
import { json } from '../openapi/answer-types.js';
import type { Operation } from '../openapi/operation.js';
import { integer } from '../openapi/schema-words.js';
import { NoParameters } from '../requests/problem.requests.js';
import {
  AcknowledgeRequest,
  ConsumerEventsRequest,
  ConsumerRequest,
  CreateConsumerRequest,
  SeekRequest,
} from './consumer.requests.js';

const tag = 'Consumers';
const change = { method: 'post', tag, hasNoEtag: true, answers: json('ConsumerAnswer') } as const;

/** The routes of consumers. */
export const consumerOperations: readonly Operation[] = [
  {
    method: 'get',
    tag,
    path: '/consumers',
    id: 'listConsumers',
    summary: 'Every consumer',
    request: NoParameters,
    answers: json('ConsumerList'),
  },
  {
    method: 'get',
    tag,
    path: '/consumers/{name}',
    id: 'getConsumer',
    summary: 'One consumer, and how far it is behind',
    request: ConsumerRequest,
    answers: json('ConsumerWithLag'),
    problems: ['RESOURCE_DOES_NOT_EXIST'],
  },
  {
    ...change,
    method: 'put',
    path: '/consumers/{name}',
    id: 'createConsumer',
    summary: 'Keep a place under a name; one that is there and is the same stays as it is',
    request: CreateConsumerRequest,
    success: 201,
    problems: ['RESOURCE_ALREADY_EXISTS', 'RESOURCE_CONFLICT'],
  },
  {
    method: 'get',
    tag,
    path: '/consumers/{name}/events',
    id: 'listConsumerEvents',
    summary: 'What follows the checkpoint, which does not move by that',
    request: ConsumerEventsRequest,
    answers: {
      ...json('ConsumerEventPage'),
      [mediaTypes.batch]: 'EventBatch',
      [mediaTypes.ndjson]: 'CloudEvent',
    },
    headers: {
      [positionHeader]: {
        description: 'Everything up to here has been looked at: what to acknowledge.',
        schema: integer,
      },
    },
    problems: ['RESOURCE_DOES_NOT_EXIST', 'NOT_ACCEPTABLE'],
  },
  {
    ...change,
    path: '/consumers/{name}/ack',
    id: 'acknowledgeEvents',
    summary: 'Everything up to a position has been dealt with',
    request: AcknowledgeRequest,
    problems: ['RESOURCE_DOES_NOT_EXIST', 'RESOURCE_CONFLICT'],
  },
  {
    ...change,
    path: '/consumers/{name}/seek',
    id: 'seekConsumer',
    summary: 'Put the checkpoint to another place, back or forth',
    request: SeekRequest,
    problems: ['RESOURCE_DOES_NOT_EXIST', 'RESOURCE_CONFLICT'],
  },
  {
    ...change,
    path: '/consumers/{name}/pause',
    id: 'pauseConsumer',
    summary: 'Give it nothing until it is resumed',
    request: ConsumerRequest,
    problems: ['RESOURCE_DOES_NOT_EXIST', 'RESOURCE_CONFLICT'],
  },
  {
    ...change,
    path: '/consumers/{name}/resume',
    id: 'resumeConsumer',
    summary: 'Give it what follows its checkpoint again',
    request: ConsumerRequest,
    problems: ['RESOURCE_DOES_NOT_EXIST', 'RESOURCE_CONFLICT'],
  },
  {
    ...change,
    method: 'delete',
    path: '/consumers/{name}',
    id: 'deleteConsumer',
    summary: 'Forget it and its place',
    request: ConsumerRequest,
    success: 204,
    problems: ['RESOURCE_DOES_NOT_EXIST', 'RESOURCE_CONFLICT'],
  },
];
