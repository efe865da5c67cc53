/** Where MLflow's server answers its API: to clients, and to the browser. */
const prefixes = ['api/2.0/mlflow', 'ajax-api/2.0/mlflow'];

/** The paths of one group of MLflow's REST API. */
export function mlflowPaths(group: string): string[] {
  return prefixes.map((prefix) => `${prefix}/${group}`);
}
