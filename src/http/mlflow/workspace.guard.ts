import { Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { RegistryError } from '../../domain/registry-error.js';

/** Refuses requests that are meant for a workspace: answering them from the whole registry would mix tenants up. */
@Injectable()
export class WorkspaceGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { headers } = context.switchToHttp().getRequest<FastifyRequest>();
    const workspace = headers['x-mlflow-workspace'];
    if (workspace === undefined || String(workspace).trim() === '') return true;
    throw new RegistryError(
      'FEATURE_DISABLED',
      'Workspace APIs are not available: workspaces are not enabled on this server',
    );
  }
}
