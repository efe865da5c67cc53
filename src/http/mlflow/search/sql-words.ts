/** These stay keywords even directly before a parenthesis: `IN('a')` is no call of a function. */
export const wordsThatAreNeverFunctions: ReadonlySet<string> = new Set([
  'AS',
  'CASE',
  'FROM',
  'IN',
  'USING',
  'VALUES',
]);

/**
 * Words that cannot be keys of a filter or of an order, nor names in one, because SQL keeps them for itself.
 * SQL dialects have many more; here are those of conditions and queries, and those that one might take for a
 * field of a model. Others are refused as unknown keys.
 */
export const sqlWords: ReadonlySet<string> = new Set(
  [
    'ALL AND ANY ASC BEGIN BETWEEN BY DESC DISTINCT ELSE END EXCEPT EXISTS FALSE FOR GROUP HAVING IF INTERSECT IS',
    'JOIN LIMIT NOT NULL OFFSET ON OR ORDER SELECT SOME THEN TRUE UNION WHEN WHERE WITH',
    'ALIAS COMMENT CONTAINS COUNT DATA DATE DAY DOMAIN HOST KEY LANGUAGE LEVEL LINK MATCH MONTH NUMBER OWNER',
    'PARAMETER PARAMETERS PATH PRIVATE PUBLIC ROLE SIZE SOURCE SYSTEM TEXT TIME TIMESTAMP TYPE USER VERSION VIEW YEAR',
  ].flatMap((line) => line.split(' ')),
);
