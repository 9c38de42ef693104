/** The tabs that GraphiQL opens with. */
export const graphiqlExamples = [
  {
    query: '# Put your API key into the headers below.\n{\n  __typename\n}\n',
    headers: '{\n  "Authorization": "Bearer "\n}',
  },
];
