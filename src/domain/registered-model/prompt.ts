/** In MLflow a prompt is a registered model with this tag at `true`. Everything else about it is a model's. */
export const isPromptKey = 'mlflow.prompt.is_prompt';

/** Whether a model with these tags is a prompt, in the sense in which its name is kept from models. */
export function isPrompt(tags: ReadonlyMap<string, string>): boolean {
  return tags.get(isPromptKey)?.toLowerCase() === 'true';
}

/** What a prompt says, as a tag of its version. */
export const promptTextKey = 'mlflow.prompt.text';

/** Whether it is a text or a chat, as a tag that MLflow's clients set and do not show. */
export const promptTypeKey = '_mlflow_prompt_type';
