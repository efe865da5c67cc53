import { Count, OptionalText, TextList } from '../fields.js';

export class SearchRegisteredModelsRequest {
  @OptionalText() filter = '';
  @Count(1_000) max_results = 100;
  @TextList() order_by: string[] = [];
  @OptionalText() page_token = '';
}

export class SearchModelVersionsRequest {
  @OptionalText() filter = '';
  @Count(200_000) max_results = 200_000;
  @TextList() order_by: string[] = [];
  @OptionalText() page_token = '';
}
