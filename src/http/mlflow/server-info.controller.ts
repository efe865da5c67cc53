import { Controller, Get, Header } from '@nestjs/common';

/** What MLflow's clients ask a server about itself. */
@Controller()
export class ServerInfoController {
  /** Workspaces are not supported; clients that use them stop here. */
  @Get(['api/3.0/mlflow/server-info', 'ajax-api/3.0/mlflow/server-info'])
  serverInfo() {
    return { store_type: 'SqlStore', workspaces_enabled: false };
  }

  @Get('health')
  @Header('content-type', 'text/html; charset=utf-8')
  health(): string {
    return 'OK';
  }
}
