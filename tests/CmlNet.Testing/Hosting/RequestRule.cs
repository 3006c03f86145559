using System.Text.Json.Nodes;

namespace CmlNet.Testing.Hosting;

/// <summary>
/// What a vendor's documentation says a request may hold, as words: <c>name</c> of a text field of the body, <c>name:integer</c> or
/// <c>name:boolean</c> of another, <c>!</c> behind what is required, <c>?name</c> of a parameter of the query, <c>[file]</c> a form's file.
/// </summary>
internal sealed class RequestRule(string words)
{
    private readonly string[] _words = words.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    public bool IsForm => _words.Any(w => w[0] == '[');

    public IEnumerable<string> Check(JsonObject? body, IEnumerable<string> query)
    {
        foreach (string name in query.Where(q => !_words.Contains("?" + q)))
            yield return $"the query has '{name}', which is not documented";
        if (IsForm)
            yield break;
        foreach (string word in _words.Where(w => w[0] != '?'))
        {
            string[] parts = word.TrimEnd('!').Split(':');
            JsonNode? value = null;
            bool isThere = body?.TryGetPropertyValue(parts[0], out value) == true;
            if (!isThere && word.EndsWith('!'))
                yield return $"'{parts[0]}' is missing";
            if (isThere && KindOf(value) != (parts.Length > 1 ? parts[1] : "string"))
                yield return $"'{parts[0]}' is {KindOf(value)}";
        }

        foreach ((string name, _) in body ?? [])
        {
            if (!_words.Any(w => w.TrimEnd('!').Split(':')[0] == name))
                yield return $"the body has '{name}', which is not documented";
        }
    }

    private static string KindOf(JsonNode? value) => value?.GetValueKind() switch
    {
        System.Text.Json.JsonValueKind.String => "string",
        System.Text.Json.JsonValueKind.Number => "integer",
        System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False => "boolean",
        System.Text.Json.JsonValueKind.Object => "object",
        System.Text.Json.JsonValueKind.Array => "array",
        _ => "null",
    };
}
